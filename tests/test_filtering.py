"""The filter language: words and addresses read alike, and every mistake is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import QueryError
from monitor.filtering import PARAMETERS, Context, Filter, Pair, near, parse, parse_time, read, write

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)


@dataclass(frozen=True)
class List:
    orgs: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()


CONTEXT = Context(
    now=NOW,
    watchlists={"labs": List(orgs=("OpenAI",), people=("Sam Altman",), projects=("Stargate",)), "none": List()},
    saved={"meta": 'org:Meta since:7d status:confirmed "data center"'}.__getitem__,
    names=lambda org: {"Facebook": ("Facebook", "Meta"), "OpenAI": ("OpenAI", "Open AI")}.get(org, (org,)),
)


@pytest.mark.parametrize(
    ("words", "filter"),
    [
        ("", Filter()),
        ("  ", Filter()),
        ("data center", Filter(q="data center")),
        ('"data center" campus org:Meta', Filter(q='"data center" campus', org=("Meta",))),
        ('org:"Meta Platforms" org:OpenAI', Filter(org=("Meta Platforms", "OpenAI", "Open AI"))),
        ("org:Facebook", Filter(org=("Facebook", "Meta"))),
        ("from:Globex to:Acme role:CEO", Filter(from_org=("Globex",), to_org=("Acme",), role=("CEO",))),
        ("amount>=5e9 capacity>=1.2GW", Filter(amount_min=5e9, capacity_min=1200)),
        ("amount:$3bn", Filter(amount_min=3e9)),
        ("amount:>=3bn capacity:>=500", Filter(amount_min=3e9, capacity_min=500)),
        ("amount>=1,500,000", Filter(amount_min=1.5e6)),
        ("severity>=high status:rumored", Filter(severity=("high", "critical"), status=("rumored",))),
        ('status:rumoured progress:"under way"', Filter(status=("rumored",), progress=("under_way",))),  # as pages show them
        ("since:7d until:2026-05-04", Filter(since=NOW - timedelta(days=7), until=datetime(2026, 5, 4, tzinfo=UTC))),
        (
            "watchlist:labs",
            Filter(watchlist=(("org", "OpenAI"), ("org", "Open AI"), ("person", "Sam Altman"), ("project", "Stargate"))),
        ),
        ("watchlist:none", Filter(watchlist=(("org", ""),))),
        ("search:meta status:rumored since:1d", Filter(org=("Meta",), since=YESTERDAY, status=("rumored",), q='"data center"')),
        ('"http://a.example/b"', Filter(q='"http://a.example/b"')),
        ("Stargate: the plan", Filter(q="Stargate: the plan")),
        ("Org:Acme STATUS:Rumoured Severity>=High", Filter(org=("Acme",), status=("rumored",), severity=("high", "critical"))),
        ("label:Executive-Move since:7D", Filter(label=("executive_move",), since=NOW - timedelta(days=7))),
        ("“data center” org:“Acme Corp”", Filter(q='"data center"', org=("Acme Corp",))),
        ("«data center» „power“", Filter(q='"data center" "power"')),
        ('org:"Acme “Big” Corp"', Filter(org=("Acme “Big” Corp",))),
        ("From: the editor", Filter(q="From: the editor")),
        ("Update:Acme", Filter(q="Update:Acme")),
        ("a<b x=1 -org - 5-year", Filter(q="a<b x=1 -org - 5-year")),
    ],
)  # fmt: skip
def test_words_are_read(words: str, filter: Filter) -> None:
    assert parse(read(words), CONTEXT) == filter


def test_blank_words_are_none() -> None:
    """A form that is sent with a space in it shows everything, as one that is sent empty."""
    for blank in ([("q", "")], [("q", " ")], [("q", "\u3000"), ("q", "\t")]):
        assert parse(blank, CONTEXT) == Filter()


@pytest.mark.parametrize(
    ("words", "parameter", "says"),
    [
        ("orgs:Meta", "orgs", "did you mean 'org'?"),
        ("zzz:1", "zzz", "there are label, org"),
        ("org:", "org", "leave it out"),
        ("label:moves", "label", "executive_move"),
        ("since:tomorrow", "since", "12h, 7d"),
        ("org:Acme OR org:Globex", "q", "OR: leave it out; of several values of one key any will do"),
        ("org:Acme && label:infrastructure", "q", "each must hold"),
        ("since:1d since:2d", "since", "give it once"),
        ("since:7d until:30d", "until", "'30d' is not after since: '7d'"),
        ("search:meta until:2026-01-31", "until", "nothing lies between"),
        ("amount>=much", "amount", "5bn"),
        ("capacity>=5bn", "capacity", "1.2GW"),
        ("amount:1,2.3.4", "amount", "5bn"),
        ("severity:>=huge", "severity", ">=high"),
        ("watchlist:lab", "watchlist", "did you mean 'labs'?"),
        ("search:meta search:meta", "search", "one saved search"),
        ("amount>5bn", "amount", "found 'amount>5bn'; write amount:VALUE or amount>=VALUE"),
        ("severity>high", "severity", "write severity:VALUE or severity>=VALUE"),
        ("data org=Acme", "org", "found 'org=Acme'; write org:VALUE (quote the words"),
        ("capacity<=500", "capacity", "found 'capacity<=500'"),
        ("-org:Acme", "org", "what is not wanted cannot be said"),
    ],
)
def test_a_mistake_names_its_parameter_and_what_would_be_right(words: str, parameter: str, says: str) -> None:
    with pytest.raises(QueryError) as wrong:
        parse(read(words), CONTEXT)
    assert wrong.value.parameter == parameter and says in str(wrong.value)


def test_what_would_be_right_in_place_of_a_name_is_near_or_listed_or_counted() -> None:
    names = ["wire", "ledger", "post"]
    assert (
        near("wir", names) == "did you mean 'wire'?"
        and near("x", names[:1]) == "there is wire"
        and near("x", []) == "there is none"
    )
    assert near("x", names, most=3) == "there are wire, ledger, post" and near("x", names, most=2) == "there are 3 of other names"


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")) | st.sampled_from(' "\\:'), min_size=1)
PAIRS = st.lists(st.tuples(st.sampled_from([p.name for p in PARAMETERS if p.name not in ("amount", "capacity", "q")]), TEXT))


@given(PAIRS)
def test_what_is_written_reads_as_what_it_was(pairs: list[Pair]) -> None:
    assert read(write(pairs)) == pairs


@pytest.mark.parametrize(
    "text",
    [
        "data center",
        "Hillsboro OR",
        "OR",
        "org:Meta",
        "data amount>=5bn",
        "Meta: a story",
        "Org:Meta",
        "org=Acme",
        "-to:Acme",
        "“data center”",
    ],
)
def test_words_to_look_for_are_written_so_that_they_stay_words(text: str) -> None:
    assert read(write([("q", text)])) == [("q", text)]


@given(st.lists(st.tuples(st.sampled_from([p.name for p in PARAMETERS]), st.text(max_size=20)), max_size=4))
def test_nothing_breaks_the_parser(pairs: list[Pair]) -> None:
    try:
        assert isinstance(parse(pairs, Context(now=NOW)), Filter)
    except QueryError as wrong:
        assert wrong.parameter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7d", NOW - timedelta(days=7)),
        (" 12H ", NOW - timedelta(hours=12)),
        ("2w", NOW - timedelta(weeks=2)),
        ("7 days", NOW - timedelta(days=7)),
        ("1 week", NOW - timedelta(weeks=1)),
        ("today", NOW.replace(hour=0, minute=0, second=0, microsecond=0)),
        ("Yesterday", NOW.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)),
        ("2026-01-31", datetime(2026, 1, 31, tzinfo=UTC)),
        ("2026-01-31T08:00:00+02:00", datetime(2026, 1, 31, 6, tzinfo=UTC)),
        ("2026-01-31T08:00Z", datetime(2026, 1, 31, 8, tzinfo=UTC)),
    ],
)
def test_times_are_read(text: str, expected: datetime) -> None:
    assert parse_time(text, NOW) == expected


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "7", "7q", "7 dayss", "days", "999999w", "2026-13-01", "0001-01-01T00:00+05:00"]
)
def test_what_is_no_time_is_said_so(text: str) -> None:
    with pytest.raises(QueryError, match=r"not a time|too far in the past"):
        parse_time(text, NOW)
