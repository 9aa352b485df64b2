"""Texts written for the pages' tests: people, companies and places that do not exist."""

STORIES = [
    (
        "Corvid Systems hires Mara Lindqvist from Northlight AI to lead data centers",
        "Mara Lindqvist, head of infrastructure at Northlight AI, joins Corvid Systems as vice president of data centers, the "
        "company announced.",
    ),
    (
        "Corvid Systems hires Ben Okafor from Northlight AI as chief operating officer",
        "Ben Okafor, who was vice president of operations at Northlight AI, joins Corvid Systems.",
    ),
    (
        "Fjordgrid names Orla Brandt chief executive",
        "Orla Brandt, chief financial officer of Corvid Systems, becomes chief executive of Fjordgrid in June.",
    ),
    (
        "Skagen Power to build 1.2 GW data center campus in Lindholm for $14 billion",
        "Skagen Power will build the campus for Corvid Systems, it said on Monday.",
    ),
    (
        "Corvid Systems to invest $6 billion in data centers in Norway",
        "Corvid Systems said it will spend $6 billion on two data centers with 400 megawatts.",
    ),
    (
        "Northlight AI cancels $2 billion data center in Brenford",
        "Northlight AI has cancelled plans for a 300 MW data center after residents objected.",
    ),
    (
        "Harbour Compute opens 90 MW data center in Singapore",
        "Harbour Compute opened the first building of its campus today.",
    ),
    ("Ten quiet keyboards, tried for a month", "We typed on all of them."),
]
# More of the same, so that pictures have something to show; newest first, as STORIES.
MORE = [
    (
        "Corvid Systems confirms hire of Tomas Adeyemi from Fjordgrid as chief infrastructure officer",
        "Corvid Systems today announced that Tomas Adeyemi joins from Fjordgrid as chief infrastructure officer.",
    ),
    (
        "Corvid Systems in talks to hire Fjordgrid's Tomas Adeyemi, sources say",
        "Tomas Adeyemi, chief operating officer of Fjordgrid, is in talks to join Corvid Systems, people familiar with the "
        "matter said.",
    ),
    ("Quillon Compute hires Ines Duarte from Northlight AI as chief scientist", "Ines Duarte led research at Northlight AI."),
    ("Quillon Compute hires Pavel Horak from Northlight AI as vice president of compute", "Pavel Horak joins Quillon Compute."),
    ("Northlight AI hires Sana Rahimi from Quillon Compute as chief financial officer", "Sana Rahimi joins Northlight AI."),
    ("Harbour Compute hires Lena Vogt from Skagen Power as chief executive officer", "Lena Vogt joins Harbour Compute."),
    ("Corvid Systems hires Jonas Ek from Harbour Compute as head of energy", "Jonas Ek joins Corvid Systems."),
    ("Skagen Power hires Ruth Akande from Fjordgrid as chief financial officer", "Ruth Akande joins Skagen Power."),
    ("Northlight AI chief executive Piet Maas steps down", "Piet Maas steps down as chief executive of Northlight AI."),
    (
        "Quillon Compute signs $9 billion compute deal with Harbour Compute",
        "Quillon Compute will rent 200 megawatts of data center capacity from Harbour Compute for five years.",
    ),
    (
        "Fjordgrid breaks ground on 500 MW data center in Oslo",
        "Construction has begun on the $3 billion data center, Fjordgrid said.",
    ),
    (
        "Northlight AI to spend $11 billion on data centers next year",
        "Northlight AI raised its capital expenditure on data centers to $11 billion.",
    ),
    (
        "Residents oppose Quillon Compute data center in Brenford",
        "A petition against the 150 MW data center has 4,000 names, its organisers say.",
    ),
]
SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
HOSTILE = [
    (
        f"{SCRIPT} Evil Corp names Max Roe chief executive",
        f"{SCRIPT} Max Roe, formerly of Acme Holdings, becomes chief executive. javascript:alert(1) =cmd|'/c calc'!A1",
    ),
]
