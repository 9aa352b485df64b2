"""How sure a move is, by the words of its headline."""

from __future__ import annotations

import pytest

from monitor.classify.moves.status import status_of_move
from monitor.classify.words.document import read
from monitor.model import FeedId, Status, Story, StoryId
from tests.classify.moves.evidence.test_ties import AT


def status(title: str, summary: str = "") -> Status:
    return status_of_move(read(Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=title, summary=summary, first_seen=AT)))


@pytest.mark.parametrize(
    "title",
    [
        "Corvid quashes talk that CEO Ada Quill is on her way out",
        "Corvid rubbishes reports that CEO Ada Quill will quit",
        "Corvid plays down talk of CEO Ada Quill's departure",
        "Corvid pours cold water on reports CEO Ada Quill will leave",
        "Corvid CEO Ada Quill brushes off exit rumours",
        '"I\'m going nowhere," Corvid chief Ada Quill tells staff',
        "Corvid CEO Ada Quill vows to stay after calls to resign",
        "Corvid CEO Ada Quill refuses to step down",
        "Corvid CEO Ada Quill resists pressure to quit",
        "Corvid CEO Ada Quill rules out retirement",
        "Corvid CEO says he has no intention of leaving",
        "Ada Quill declines Corvid's CEO job",
        "Corvid confirms Ada Quill will stay as CEO, dismissing talk of move to Osprey",
        "Ada Quill backs out of move to Corvid",
        "Corvid engineer Ada Quill withdraws resignation",
        "Ada Quill's resignation rejected by Corvid board",
        "Rumours of my departure are exaggerated, Corvid CEO Ada Quill tells staff",
        "Reports of Ada Quill's exit much exaggerated, says Corvid",
        "Corvid CEO Ada Quill agrees to stay through 2028",
    ],
)
def test_denied(title: str) -> None:
    assert status(title) == Status.DENIED


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Corvid CEO Ada Quill offers to resign", Status.RUMORED),
        ("Corvid nears exit of CEO as Ada Quill nears departure", Status.RUMORED),
        ("Speculation mounts over future of Corvid CEO Ada Quill", Status.RUMORED),
        ("Corvid's sales chief Ada Quill said to leave for Osprey", Status.REPORTED),
        ("Corvid CEO Ada Quill set to retire in May", Status.CONFIRMED),
        ("Corvid rejects claims of interference as CEO Ada Quill leaves", Status.CONFIRMED),
        ("Corvid rejects Osprey bid, names Ada Quill CEO", Status.CONFIRMED),
        ("Corvid CEO Ada Quill steps down after refusing to cut jobs", Status.CONFIRMED),
        ("Ada Quill resigns, rules out run for office", Status.CONFIRMED),
    ],
)
def test_not_denied(title: str, expected: Status) -> None:
    assert status(title) == expected


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Corvid lines up Ada Quill for top job - paper", ""),
        ("Corvid names Ada Quill chief executive – media", ""),
        ("Corvid removes CEO", "Backers ousted Ada Quill on Sunday night, two people said."),
        ("Corvid hunts for a new chief", "The line has hired headhunters, Harbor News understands. Ada Quill wants to go."),
        ("Corvid to name Ada Quill CEO", "Corvid is set to name the Osprey manager, the Harbor Tribune reported on Sunday."),
        ("Ada Quill leaves Corvid", "The chief executive resigned on Tuesday, La Gaceta reported."),
    ],
)
def test_reported_by_another(title: str, summary: str) -> None:
    assert status(title, summary) == Status.REPORTED


@pytest.mark.parametrize(
    "summary",
    [
        "Sales fell 4% as the newspaper maker cut jobs, the company reported.",
        "Ada Quill, who understands the trade, starts in May. He said so, and it reported a loss.",
        "Corvid Media reported sales of $4 million, up a tenth.",
    ],
)
def test_what_a_firm_itself_reports_is_no_hearsay(summary: str) -> None:
    assert status("Corvid names Ada Quill CEO", summary) == Status.CONFIRMED


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Corvid CEO Ada Quill to quit", "She told her team on Monday, two people who work there said."),
        ("Corvid CEO to quit", "Ada Quill leaves in May, Tallinn Morning Post reports. Ben Hart takes over."),
        ("Corvid CEO to quit", "Ada Quill has put in her papers, sources told The Harbour Street Wire."),
        ("Corvid CEO to quit", "Ada Quill leaves in May, according to the Leith Business Journal."),
        ("Corvid CEO to quit", "According to Gizmodo, Ada Quill leaves in May."),
        ("Corvid CEO to quit", "Ada Quill leaves after 35 years, reports Harbour News."),
        ("Corvid CEO to quit", "Ada Quill, 50, reportedly has informed the board that she will go."),
        ("Corvid CEO to quit", "Ada Quill has hung up her hat, per Business Insider."),
        ("Corvid CEO to quit, Folha says", ""),
        ("Corvid CEO to join Osprey, insiders say", ""),
        ("Corvid CEO to quit, say bankers", ""),
    ],
)
def test_reported(title: str, summary: str) -> None:
    assert status(title, summary) == Status.REPORTED


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Corvid names Ada Quill CEO", "The company reports quarterly results in May. Corvid reports a profit."),
        ("Corvid names Ada Quill CEO", "Harbour Mail said it had a loss. Ada Quill ran the news desk of the Leith Times."),
        ("Corvid names Ada Quill CEO", "She joins from Osprey, the company said, according to a statement."),
        ("Corvid CEO Ada Quill quits, board says", ""),
        ("Corvid CEO Ada Quill quits as firm reportedly nears sale", ""),
        ("Why is Ada Quill leaving Corvid?", ""),
        ("Ada Quill leaves Corvid. Who is next?", ""),
        ("Corvid names Ada Quill chief", "She will look to expand in Europe. Several people in her team were promoted."),
        ("Corvid names Ada Quill chief", "Ada Quill had been the leading candidate."),
    ],
)
def test_said_in_its_own_voice(title: str, summary: str) -> None:
    assert status(title, summary) == Status.CONFIRMED


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Corvid chief Ada Quill tipped by rivals", ""),
        ("Corvid chief Ada Quill reportedly thinking of leaving", ""),
        ("Ada Quill is Corvid board's top candidate", ""),
        ("Corvid looks to hire Osprey's Ada Quill", ""),
        ("Is Corvid's robotics chief on the way out?", ""),
        ("Osprey CFO Ada Quill off to Corvid?", ""),
        ("Three in frame for Corvid chair", ""),
        ("Activist Osprey wants Ada Quill on Corvid board", ""),
        ("Corvid boss could one day succeed Ada Quill", ""),
        ("Corvid seeks new chair", "Directors see Ada Quill as the leading candidate, a report said."),
        ("Activist presses Corvid", "It wants chair Ada Quill out before the meeting."),
        ("Corvid seeks new chair", "The search comes amid speculation that Ada Quill will step down."),
    ],
)
def test_only_likely(title: str, summary: str) -> None:
    document = read(Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=title, summary=summary, first_seen=AT))
    assert status_of_move(document, "Ada Quill") == Status.RUMORED


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Judge bars Ada Quill from Osprey job", ""),
        ("Corvid's pick for chair pulls out", ""),
        ("Corvid's Ada Quill says no to Osprey", ""),
        (
            "Exit of Corvid chief is a rumour said to be false",
            "Corvid posted a note to refute a rumour that Ada Quill had resigned.",
        ),
    ],
)
def test_comes_to_nothing(title: str, summary: str) -> None:
    assert status(title, summary) == Status.DENIED


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Corvid's Ada Quill on the verge of being named chief", Status.RUMORED),
        ("Corvid on the brink of losing finance chief Ada Quill", Status.RUMORED),
        ("Corvid might pick a new chief this week", Status.RUMORED),
        ("Corvid could announce new plant as Ada Quill leaves", Status.CONFIRMED),
        ("Corvid board negotiating exit for CEO Ada Quill", Status.RUMORED),
        ("Osprey wants Corvid's Ada Quill to head grain unit", Status.RUMORED),
        ("Corvid board weighs early successor for Ada Quill", Status.RUMORED),
        ("Corvid crop boss mulls a jump to Osprey", Status.RUMORED),
        ("Corvid CEO Ada Quill may follow chairman's exit", Status.RUMORED),
        ("Corvid confirms Ada Quill remains as chief executive", Status.DENIED),
        ("Ada Quill will not, after all, be running Corvid", Status.DENIED),
        ("Corvid: chief Ada Quill 'not on her way out'", Status.DENIED),
        ("No plan to replace chief executive, says Corvid chair", Status.DENIED),
        ("Corvid rejects report that Ada Quill has told board she will go by May", Status.DENIED),
        ("Investor Ada Quill loses second bid for board seat at Corvid", Status.DENIED),
        ("Corvid confirms Ada Quill as chief executive", Status.CONFIRMED),
        ("Corvid loses bid for rail line as CEO Ada Quill quits", Status.CONFIRMED),
    ],
)
def test_what_is_near_and_what_will_not_be(title: str, expected: Status) -> None:
    assert status(title) == expected


def test_a_story_that_begins_with_a_denial_is_of_one() -> None:
    assert status("Corvid CEO leaving?", "Corvid has denied that its chief, Ada Quill, is to leave the mill.") == Status.DENIED
    assert status("Corvid chief Ada Quill", "Corvid on Friday denied reports that Ada Quill would step down.") == Status.DENIED
    left = "Corvid named Ben Okoro CEO. It denied that Ada Quill was fired."
    assert status("Ada Quill leaves Corvid", left) == Status.CONFIRMED


def test_who_says_so_himself_needs_no_source() -> None:
    story = read(
        Story(
            id=StoryId("S"),
            feed_id=FeedId("F"),
            url="",
            title="Corvid's Ada Quill resigns",
            summary="Ada Quill, head of oats, has announced her resignation. Bloomberg first reported the news. Ben Okoro will "
            "reportedly take over.",
            first_seen=AT,
        )
    )
    assert status_of_move(story, "Ada Quill", ["Ben Okoro"]) == Status.CONFIRMED
    assert status_of_move(story, "Ben Okoro", ["Ada Quill"]) == Status.REPORTED


def test_a_paper_with_a_hyphen_reports() -> None:
    assert status("Corvid loses an executive", "Ada Quill joins Osprey, the Quillsby Post-Courier reports.") == Status.REPORTED


def status_of(who: str, title: str, summary: str, *others: str) -> Status:
    story = Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=title, summary=summary, first_seen=AT)
    return status_of_move(read(story), who, (who, *others))


@pytest.mark.parametrize(
    "summary",
    [
        "Corvid announced on Monday that chief executive Ada Quill will step down in June, Reuters reports.",
        "Ada Quill has resigned as chief, according to a stock exchange filing. Quill is said to be going to a rival.",
        "Corvid said on Friday that its chief executive, Ada Quill, has left, amid reports that the chain is near bankruptcy.",
        "Ada Quill leaves as chief executive, the company confirmed to Bloomberg. Sources said a search has begun.",
    ],
)
def test_what_a_firm_says_itself_is_confirmed(summary: str) -> None:
    assert status_of("Ada Quill", "Corvid chief executive steps down", summary) == Status.CONFIRMED


@pytest.mark.parametrize(
    "summary",
    [
        "Corvid is expected to announce on Monday that chief executive Ada Quill will step down, Reuters reports.",
        "Ada Quill is leaving, sources said. Corvid has not confirmed the departure.",
        "Ada Quill, who announced a plan to name a deputy in May, has told staff she is going, according to two people.",
        "The departure of chief executive Ada Quill was announced in a staff call, according to a report in the Corvid Times.",
        "Ada Quill is leaving the chain in June, as per a report by Bloomberg News.",
        "According to a recent report from The Verge, chief executive Ada Quill has left.",
        "Reuters has revealed that chief executive Ada Quill has left.",
    ],
)
def test_what_others_have_of_a_firm_is_reported(summary: str) -> None:
    assert status_of("Ada Quill", "Corvid chief executive steps down", summary) == Status.REPORTED


def test_hearsay_is_of_whom_it_names() -> None:
    title = "Corvid founder departs; finance chief takes leave"
    summary = (
        "Founder Ada Quill said she is joining Osprey. The Information is reporting that Bo Tarrow has taken a leave of absence."
    )
    assert status_of("Ada Quill", title, summary, "Bo Tarrow") == Status.CONFIRMED
    assert status_of("Bo Tarrow", title, summary, "Ada Quill") == Status.REPORTED


def test_who_is_a_candidate_has_not_moved() -> None:
    summary = "The chain is considering candidates such as Osprey head Ada Quill, according to people familiar with the search."
    assert status_of("Ada Quill", "Corvid looks outside for its next chief executive", summary) == Status.RUMORED


@pytest.mark.parametrize(
    "title",
    [
        "Ada Quill withdraws her name from Corvid CEO search",
        "Osprey chief Ada Quill drops out of race to lead Corvid",
        "Ada Quill bows out of consideration for Corvid's top job",
    ],
)
def test_who_withdraws_does_not_move(title: str) -> None:
    assert status(title) == Status.DENIED


@pytest.mark.parametrize("told", ["A report from Example Games reveals that", "A new report in the Example Mail said"])
def test_what_a_report_reveals_is_reported(told: str) -> None:
    assert status("Corvid designers leave", f"{told} Ada Quill is going.") == Status.REPORTED


@pytest.mark.parametrize(
    ("summary", "sure"),
    [
        ("Media reports had suggested that Ada Quill would resign. Corvid said that Ms Quill has not resigned.", Status.DENIED),
        ("Corvid said finance chief Ada Quill is not leaving, after a paper reported that she would quit.", Status.DENIED),
        ("Rumours swirled on Monday. Corvid later confirmed that Ada Quill remains in her role.", Status.DENIED),
        ("Reports of her exit were right, and Ada Quill remains in her role until May.", Status.CONFIRMED),
        ("Reports that Ada Quill would quit were right. Bo Tarrow is not leaving.", Status.CONFIRMED),
        ("Ada Quill has not resigned from its board.", Status.CONFIRMED),
    ],
)
def test_a_summary_has_it_denied_where_it_says_that_somebody_stays(summary: str, sure: Status) -> None:
    story = Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title="Corvid chief", summary=summary, first_seen=AT)
    assert status_of_move(read(story), "Ada Quill") == sure
