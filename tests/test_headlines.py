"""The line that tells an event: each word of it right, and none said twice."""

from __future__ import annotations

import pytest

from monitor.headlines import buildout_line, headline, move_line
from monitor.model import Buildout, BuildoutAction, Event, Label, Move, MoveAction, Quantity
from tests.notify.samples import alert


def _move(action: MoveAction, who: str = "Ada Quill", at: str = "", to: str = "", *, was: str = "", becomes: str = "") -> Move:
    """``who`` is a person, or, beginning with "~", a group."""
    person, group = ("", who[1:]) if who.startswith("~") else (who, "")
    return Move(action=action, person=person, group=group, from_org=at, to_org=to, from_role=was, to_role=becomes)


def _event(moves: tuple[Move, ...] = (), **said: object) -> Event:
    return alert(moves=moves, **said).event


@pytest.mark.parametrize(
    ("move", "line"),
    [
        (_move(MoveAction.RETIRE, at="Osprey", was="CFO"), "Ada Quill retires as CFO of Osprey"),
        (_move(MoveAction.DISMISS, at="Osprey", was="CEO"), "Ada Quill is dismissed as CEO of Osprey"),
        (
            _move(MoveAction.APPOINT, to="Osprey", becomes="its first chief of stores"),
            "Ada Quill is appointed first chief of stores at Osprey",
        ),
        (_move(MoveAction.PROMOTE, at="Osprey", to="Osprey", becomes="co-CEO"), "Ada Quill is promoted to co-CEO of Osprey"),
        (_move(MoveAction.PROMOTE, to="Osprey", was="CFO"), "Ada Quill, CFO, is promoted at Osprey"),
        (_move(MoveAction.HIRE, to="Osprey", becomes="vice president"), "Ada Quill joins Osprey as vice president"),
        (_move(MoveAction.DEPART, at="Osprey"), "Ada Quill leaves Osprey"),
        (_move(MoveAction.RETIRE, to="Osprey", was="CEO"), "Ada Quill retires as CEO"),
        (_move(MoveAction.FOUND, to="Corvid"), "Ada Quill founds Corvid"),
        (
            _move(MoveAction.FOUND, at="Osprey", was="chief scientist"),
            "Ada Quill, chief scientist, leaves Osprey to found a firm",
        ),
    ],
)
def test_each_action_has_its_verb(move: Move, line: str) -> None:
    assert move_line(move) == line


@pytest.mark.parametrize(
    ("move", "line"),
    [
        (_move(MoveAction.HIRE, at="Osprey", to="Corvid", was="co-founder"), "Ada Quill, co-founder: Osprey → Corvid"),
        (_move(MoveAction.HIRE, at="Osprey", to="Corvid", was="CTO", becomes="CEO"), "Ada Quill: Osprey → Corvid, CEO"),
        (_move(MoveAction.HIRE, to="Corvid", was="engineer"), "Ada Quill, engineer, joins Corvid"),
        (_move(MoveAction.DEPART, at="Osprey", to="Osprey", was="CEO", becomes="chair"), "Ada Quill at Osprey: CEO → chair"),
        (
            _move(MoveAction.DISMISS, at="Osprey", to="Osprey", was="CEO", becomes="adviser"),
            "Ada Quill is dismissed as CEO of Osprey",
        ),
    ],
)
def test_the_post_somebody_had_is_not_taken_for_the_one_they_get(move: Move, line: str) -> None:
    assert move_line(move) == line


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("", ""),
        ("board", ""),
        ("Board Member", ""),
        ("director", ""),
        ("board of directors", ""),
        ("board chair", " as chair"),
        ("chair of the board", " as chair"),
        ("lead independent director", " as lead independent director"),
    ],
)
def test_who_joins_a_board_is_told_as_that_once(post: str, told: str) -> None:
    assert move_line(_move(MoveAction.BOARD, to="Osprey", becomes=post)) == f"Ada Quill joins the board of Osprey{told}"


@pytest.mark.parametrize(
    ("action", "post", "line"),
    [
        (MoveAction.DEPART, "vice president", "Ada Quill leaves as vice president at Osprey"),  # a firm has many
        (MoveAction.DEPART, "head of the Osprey lab", "Ada Quill leaves as head of the Osprey lab"),  # the firm is said
        (MoveAction.DEPART, "chief executive", "Ada Quill leaves as chief executive of Osprey"),
        (MoveAction.DEPART, "managing director", "Ada Quill leaves as managing director of Osprey"),
        (MoveAction.DEPART, "C.E.O.", "Ada Quill leaves as C.E.O. of Osprey"),
        (MoveAction.APPOINT, "chair of the two firms", "Ada Quill is appointed chair of the two firms at Osprey"),
        (MoveAction.DEPART, "executive", "Ada Quill, executive, leaves Osprey"),  # no post that is left
        (MoveAction.DISMISS, "co-founder", "Ada Quill, co-founder, is dismissed from Osprey"),
        (MoveAction.DEPART, "led its grid team", "Ada Quill, who led its grid team, leaves Osprey"),
        (MoveAction.APPOINT, "lead its grid team", "Ada Quill is appointed at Osprey to lead its grid team"),
        (MoveAction.APPOINT, "lead Osprey", "Ada Quill is appointed at Osprey to lead it"),
        (MoveAction.HIRE, "run power deals", "Ada Quill joins Osprey to run power deals"),
        (MoveAction.HIRE, "Run Power Deals", "Ada Quill joins Osprey to run Power Deals"),
        (MoveAction.HIRE, "head chef", "Ada Quill joins Osprey as head chef"),
        (MoveAction.PROMOTE, "charge of power", "Ada Quill is promoted at Osprey in charge of power"),
    ],
)
def test_a_post_is_told_as_such_and_a_task_as_a_task(action: MoveAction, post: str, line: str) -> None:
    leaves = action in (MoveAction.DEPART, MoveAction.DISMISS)
    assert move_line(_move(action, at="Osprey", was=post) if leaves else _move(action, to="Osprey", becomes=post)) == line


@pytest.mark.parametrize(
    ("group", "line"),
    [
        ("Osprey's CEO", "CEO leaves Osprey"),
        ("Osprey’s founder", "Founder leaves Osprey"),
        ("Osprey Chief", "Chief leaves Osprey"),
        ("its executive director", "Executive director leaves Osprey"),
        ("A slew of top Osprey execs", "Slew of top execs leave Osprey"),
        ("at least three other VPs", "At least three other VPs leave Osprey"),
        ("head of operations", "Head of operations leaves Osprey"),
        ("boss", "Boss leaves Osprey"),
        ("Osprey Ridge CEO", "Osprey Ridge CEO leaves Osprey"),  # another firm
        ("talent from Osprey labs", "Talent from Osprey labs leaves Osprey"),
    ],
)
def test_people_without_a_name_are_told_in_good_words(group: str, line: str) -> None:
    """One or many, begun with a capital, and the firm said once."""
    assert headline(_event(moves=(_move(MoveAction.DEPART, f"~{group}", "Osprey"),))) == line


def test_a_firm_that_writes_itself_small_keeps_its_name() -> None:
    assert headline(_event(moves=(_move(MoveAction.HIRE, "~xAI's CFO", to="Osprey"),))) == "xAI's CFO joins Osprey"
    assert headline(_event(moves=(_move(MoveAction.HIRE, "will.i.am", to="Osprey"),))) == "will.i.am joins Osprey"


def test_what_follows_on_two_moves_is_no_part_of_the_second() -> None:
    people = tuple(_move(MoveAction.DEPART, name, "Osprey", was="CEO") for name in ("Ada Quill", "Ben Okoro", "Cleo Marsh"))
    line = "Ada Quill leaves as CEO of Osprey; Ben Okoro leaves as CEO of Osprey"
    assert headline(_event(moves=people[:2])) == headline(_event(moves=(*people[:2], people[0]))) == line
    assert headline(_event(moves=people)) == f"{line}; and 1 more"
    team = _move(MoveAction.DEPART, "~new leaders", "Corvid")
    assert headline(_event(moves=(people[0], team))) == "Ada Quill leaves as CEO of Osprey; new leaders leave Corvid"


def test_figures_without_what_is_done_tell_nothing() -> None:
    """``Osprey: $2 billion, Texas`` is no news: the story's own title is the line then."""
    told = Buildout(
        orgs=("Osprey",), action=BuildoutAction.OTHER, amounts=(Quantity(text="$2 billion", unit="USD"),), location="Texas"
    )
    event = _event(moves=(), buildout=told, labels=(Label.INFRASTRUCTURE,))
    assert buildout_line(told) == "" and headline(event) == event.headline


def _buildout(
    action: BuildoutAction, *orgs: str, sums: tuple[str, ...] = (), sizes: tuple[str, ...] = (), **said: str
) -> Buildout:
    amounts, capacity = (tuple(Quantity(text=text, unit="") for text in texts) for texts in (sums, sizes))
    return Buildout(orgs=orgs, action=action, amounts=amounts, capacity=capacity, **said)


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (_buildout(BuildoutAction.BUILD, "Osprey", sizes=("400 MW",), sums=("$5bn",)), "Osprey builds 400 MW, $5bn"),
        (_buildout(BuildoutAction.BUILD, "Osprey", sums=("$5bn",), location="Ohio"), "Osprey builds: $5bn, Ohio"),
        (_buildout(BuildoutAction.BUILD, "Osprey", "Corvid", project="Rookery"), "Osprey and Corvid build Rookery"),
        (_buildout(BuildoutAction.INVEST, "Osprey", sizes=("400 MW",), sums=("$5bn",)), "Osprey invests $5bn, 400 MW"),
        (_buildout(BuildoutAction.CANCEL, "Osprey", sums=("$5bn",)), "Osprey cancels: $5bn"),
        (_buildout(BuildoutAction.LEASE, "A", "B", "C", sizes=("9 MW",), project="Roost"), "A, B and C: lease, Roost, 9 MW"),
        (_buildout(BuildoutAction.BUILD, "Osprey", location="Ohio"), ""),
    ],
)
def test_a_deed_has_its_verb_and_an_agreement_its_noun(told: Buildout, line: str) -> None:
    assert buildout_line(told) == line


@pytest.mark.parametrize(
    ("move", "line"),
    [
        (
            _move(MoveAction.APPOINT, to="Corvid", becomes="lead product strategy"),
            "Ada Quill is appointed at Corvid to lead product strategy",
        ),
        (_move(MoveAction.HIRE, at="Osprey", to="Corvid", becomes="run Corvid"), "Ada Quill: Osprey → Corvid to run it"),
        (_move(MoveAction.HIRE, at="Osprey", to="Corvid", becomes="runs Teams"), "Ada Quill: Osprey → Corvid to run Teams"),
        (_move(MoveAction.HIRE, to="Corvid", becomes="Lead Counsel"), "Ada Quill joins Corvid as Lead Counsel"),
        (_move(MoveAction.HIRE, to="Corvid", becomes="head of data centers"), "Ada Quill joins Corvid as head of data centers"),
        (
            _move(MoveAction.HIRE, to="Corvid", becomes="charge of its own team"),
            "Ada Quill joins Corvid in charge of its own team",
        ),
        (
            _move(MoveAction.PROMOTE, to="Corvid", becomes="become acting head of cloud"),
            "Ada Quill is promoted to acting head of cloud at Corvid",
        ),
        (_move(MoveAction.DEPART, at="Osprey", was="led sales in Peru"), "Ada Quill, who led sales in Peru, leaves Osprey"),
        (_move(MoveAction.HIRE, at="Osprey", to="Corvid", was="ran its labs"), "Ada Quill, who ran its labs: Osprey → Corvid"),
        (_move(MoveAction.DEPART, at="Osprey", was="Executive"), "Ada Quill, executive, leaves Osprey"),
        (_move(MoveAction.HIRE, at="Osprey", to="Corvid", was="more researchers"), "Ada Quill, researcher: Osprey → Corvid"),
    ],
)
def test_a_post_that_is_told_by_a_verb_is_said_as_what_they_do(move: Move, line: str) -> None:
    assert move_line(move) == line


def test_a_step_from_one_post_to_another_is_told_whatever_it_is_called() -> None:
    step = _move(MoveAction.OTHER, at="Osprey", to="Osprey", was="COO", becomes="lead special projects")
    assert move_line(step) == "Ada Quill at Osprey: COO → leading special projects"
    assert move_line(_move(MoveAction.OTHER, at="Osprey", to="Osprey", was="CEO", becomes="ceo")) == ""
    assert move_line(_move(MoveAction.OTHER, at="Osprey", to="Corvid", was="CEO", becomes="chair")) == ""


def test_a_board_does_not_leave_itself() -> None:
    assert move_line(_move(MoveAction.BOARD, "~Osprey Board", at="Osprey", was="Board")) == ""


def test_two_who_go_without_a_name_are_both_told() -> None:
    event = _event(
        (_move(MoveAction.DEPART, "~CEO", at="Osprey", was="CEO"), _move(MoveAction.DEPART, "~CFO", at="Osprey", was="CFO"))
    )
    assert headline(event) == "CEO leaves Osprey; CFO leaves Osprey"


def _sum(text: str, value: float, unit: str = "USD") -> Quantity:
    return Quantity(text=text, low=value, high=value, unit=unit)


def test_the_first_and_the_largest_sum_are_told_and_one_in_two_currencies_once() -> None:
    def line(*amounts: Quantity) -> str:
        return buildout_line(Buildout(orgs=("Corvid",), action=BuildoutAction.INVEST, amounts=amounts))

    assert line(_sum("$25B", 25e9), _sum("$8B", 8e9), _sum("$100B+", 100e9)) == "Corvid invests $25B, $100B+"
    assert line(_sum("€20 billion", 20e9, "EUR"), _sum("$22 billion", 22e9)) == "Corvid invests €20 billion ($22 billion)"
    assert line(_sum("$3 billion", 3e9), _sum("$9B", 9e9), _sum("$200B", 2e11)) == "Corvid invests $3 billion, $200B"
    assert line(_sum("multibillion-dollar", 1e9)) == "Corvid invests multibillion-dollar"
