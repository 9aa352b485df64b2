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
SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
HOSTILE = [
    (
        f"{SCRIPT} Evil Corp names Max Roe chief executive",
        f"{SCRIPT} Max Roe, formerly of Acme Holdings, becomes chief executive. javascript:alert(1) =cmd|'/c calc'!A1",
    ),
]
