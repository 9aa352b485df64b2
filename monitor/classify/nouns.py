"""Names and posts of a sentence drawn together: "Osprey's former data chief Jane Roe, 51," is one person who held one post of one
firm.

A row is written one sign a chunk, each with the chunk's number: ``P4`` a person, ``O2's`` an organisation that owns, ``R3`` a
post (``x`` one that is over, ``n`` a new one), ``Fj5`` a frame (``e``: a participle), small words as they are, ``w`` for the
rest. Rules over these signs draw together what belongs to a name, until a few patterns tell the clause (``clauses``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from monitor.classify.chunks import Chunk
from monitor.classify.move_cues import products
from monitor.classify.standins import SMALL, stands_in


class Holding(NamedTuple):
    """A post beside a name, whose it is (-1: not said; ``ITS``: of the firm spoken of), and when: "past", "new" or ""."""

    post: int
    owner: int
    when: str


ITS = -2


@dataclass(slots=True)
class Nouns:
    """By number of chunk: ``holds`` somebody's posts, ``owner`` of a post, ``of`` somebody's firm, ``mates`` told of together."""

    holds: defaultdict[int, list[Holding]] = field(default_factory=lambda: defaultdict(list))
    owner: dict[int, int] = field(default_factory=dict)
    of: dict[int, tuple[int, str]] = field(default_factory=dict)
    mates: dict[int, list[int]] = field(default_factory=dict)


_TEMPLATES = {
    "ORG_TAKES_PERSON": "h",
    "ORG_NAMES": "n",
    "ORG_PROMOTES": "p",
    "BOARD": "e",
    "PERSON_JOINS": "j",
    "PERSON_LEAVES": "l",
    "ORG_LOSES": "x",
    "PERSON_SUCCEEDS": "s",
    "ORG_OUSTS": "o",
    "HANDOVER": "g",
    "FOUND": "f",
}
_FRAMES = {
    "hire.bring_back": "k",
    "hire.rehire": "k",
    "appoint.reinstate": "k",
    "hire.return_to": "k",
    "appoint.take_over": "b",
    "appoint.take_helm": "b",
    "hire.reject_offer": "",
    "depart.garden_leave": "",
    "other.deny_move": "",
    "other.successor": "z",
    "other.replacement": "z",
    "appoint.announce_new": "n",
    "board.leave_board": "w",
    "board.join_board": "y",
    "board.board_seat": "y",
    "board.stand_for_re-election": "w",
    "other.take_leave": "v",
    "hire.move_to": "m",
    "hire.start_at": "b",
    "other.shift_to": "b",
    "promote.take_on": "b",
    "depart.stay_as_adviser": "",
}
_WORDS = SMALL | {
    **dict.fromkeys(("serves", "serve"), "is"),
    **dict.fromkeys(("role", "position", "post", "job", "title", "place", "reins", "seat", "shoes", "helm"), "job"),
    **dict.fromkeys(("return", "returns", "returned", "returning", "back", "comeback"), "back"),
    **dict.fromkeys(("remain", "remains", "remaining", "stay", "stays", "continue", "continues", "retain", "retains"), "stay"),
    **dict.fromkeys(("replacement", "successor"), "Fz"),
    **dict.fromkeys(("announce", "announces", "announced", "announcing", "confirm", "confirms", "confirmed"), "say"),
    **dict.fromkeys(("launch", "found", "start", "create", "build", "co-found", "launching", "founding", "building"), "start"),
    **dict.fromkeys(("leads", "heads", "runs", "oversees", "leading", "heading", "running"), "heads"),
    **dict.fromkeys(("ceases", "ceased", "cease"), "Fd"),
    **dict.fromkeys(("not", "never", "denies", "won't", "wouldn't", "doesn't", "rejected", "rejects", "declined"), "not"),
    **dict.fromkeys(("including", "include", "includes", "namely"), "including"),
    **dict.fromkeys(("re-election", "reelection", "renomination"), "reelect"),
    **dict.fromkeys(("gets", "got", "wins", "won", "secures", "bags"), "gets"),
    **dict.fromkeys(("gives", "gave", "given", "makes", "made", "puts", "handed"), "gives"),
    **dict.fromkeys(("moves", "moved", "move", "moving", "headed", "bound", "comes", "came", "arrives", "hails"), "Fm"),
    **dict.fromkeys(("transition", "succession", "search", "shakeup", "shake-up", "reshuffle", "change", "changes"), "change"),
    **dict.fromkeys(("become", "becoming", "steps", "stepping"), "Fb"),
    "split": "Fr",
    "him": "its",
    "which": "who",
    "outgoing": "ex",
    "departing": "ex",
}
_KEPT = frozenset("from of at as to for in by with after before , ; : ( ) and who where through until if over out".split())
_SKIPPED = frozenset(
    "the a an new next first has have had immediately effective also newly created newly-created mr mrs ms dr mr. mrs. ms. dr. "
    "longtime veteran long-time top senior most reportedly officially this that's".split()
)
_PAST = ("former", "ex-", "ex ", "one-time", "previous", "outgoing")
_NEW = ("new ", "next", "incoming", "first ", "soon-to-be")
_PARTICIPLES = frozenset({"chosen", "made", "hired", "named"})


def signs(items: Sequence[Chunk]) -> str:
    found: list[str] = []
    for i, c in enumerate(items):
        sign = _sign(items, i, c)
        if sign and not (sign == "w" and found and found[-1] == "w"):
            found.append(sign)
    return "".join(sign + " " for sign in found)


def _sign(items: Sequence[Chunk], i: int, c: Chunk) -> str:
    if c.kind == "frame" and c.frame is not None:
        if _WORDS.get(c.low) == "say":
            return "say"
        if c.frame.template == "NOUN_ORG" and c.frame.action == "other":
            return "change"
        letter = _letter(c)
        first = c.low.split()[0]
        return (
            f"F{letter}{i}{'e' if (first.endswith('ed') and first != 'succeed') or first in _PARTICIPLES else ''}"
            if letter
            else "w"
        )
    if c.kind == "role":
        return f"R{i}" + ("x" if c.low.startswith(_PAST) else "n" if c.low.startswith(_NEW) else "")
    if c.kind != "word":
        if c.low in products():
            return "w"
        kind = "O" if c.kind == "org" or (c.kind == "name" and " " not in c.low) else "P"
        return f"{kind}{i}" + ("'s" if c.owns else "")
    if c.low in ("new", "next", "incoming") and i + 1 < len(items) and items[i + 1].kind in ("org", "name"):
        return "new"
    if c.low in _SKIPPED:
        return ""
    if (kind := stands_in(items, i)) != "":
        return f"{'P' if kind == 'person' else 'O'}{i}"
    if c.low == "board":
        return f"R{i}"
    if (word := _WORDS.get(c.low)) is not None:
        return f"{word}{i}" if word[0] == "F" else word
    return c.low if c.low in _KEPT else "" if c.low.endswith("ly") else "w"


_NOUNS = {"appoint": "a", "promote": "i", "hire": "c", "depart": "r", "retire": "q", "dismiss": "u"}


def _letter(c: Chunk) -> str:
    assert c.frame is not None
    if (letter := _FRAMES.get(c.frame.id)) is not None:
        return letter
    template, action = c.frame.template, c.frame.action
    if template == "PERSON_STEPS":
        return "b" if action in ("appoint", "promote") else "t" if action == "retire" else "d" if action == "depart" else ""
    if template == "NOUN_PERSON":
        if action == "appoint" and c.low.startswith(("hiring", "recruit")):
            return "c"
        return _NOUNS.get(action, "")
    return _TEMPLATES.get(template, "")


def number(sign: str | None) -> int:
    """The chunk's number of a sign; -1 for none."""
    digits = re.search(r"\d+", sign or "")
    return int(digits.group()) if digits else -1


Match = re.Match[str]


def _dropped(found: Nouns, match: Match) -> str:
    return ""


def _over(found: Nouns, match: Match) -> str:
    return "ex "


def _head(found: Nouns, match: Match) -> str:
    return match["head"] + " "


def _owner_before(found: Nouns, match: Match) -> str:
    owner, before = match["owner"], match.string[: match.start()]
    if owner == "its":
        firms = re.findall(r"(?<!\S)O\d+", before)
        # Who buys a firm and "hires its founder" hires that firm's.
        whose = number(firms[-1]) if len(firms) > 1 and re.search(r"Fh\d+e? \Z", before) else ITS
    else:
        whose = number(owner)
    found.owner[number(match["post"])] = whose
    return "ex " if match["when"] == "ex " else ""


def _owner_behind(found: Nouns, match: Match) -> str:
    found.owner[number(match["head"])] = number(match["owner"])
    return match["head"] + " "


def _new_post(found: Nouns, match: Match) -> str:
    found.owner[number(match["head"])] = number(match["owner"])
    return match["head"] + "n"


def _two_posts(found: Nouns, match: Match) -> str:
    """Two posts of one: the first stands for both, and is owned by who owns the second."""
    owner = found.owner.get(number(match["more"]), -1)
    if owner != -1:
        found.owner.setdefault(number(match["head"]), owner)
    return match["head"] + " "


def _holder(found: Nouns, match: Match) -> str:
    post, said = number(match["post"]), (match["when"] or "").split()
    past = match["post"].endswith("x") or "ex" in said or ("was" in said and "now" not in said)
    when = "past" if past else "new" if match["post"].endswith("n") else ""
    found.holds[number(match["head"])].append(Holding(post, found.owner.get(post, -1), when))
    return match["head"] + " "


def _of_firm(found: Nouns, match: Match) -> str:
    past = match["when"] and "heads" not in match["when"]
    found.of.setdefault(number(match["head"]), (number(match["owner"]), "past" if past else ""))
    return match["head"] + " "


def _members(found: Nouns, match: Match) -> str:
    first = number(match["who"])
    found.mates.setdefault(number(match["head"]), []).extend((first, *found.mates.get(first, ())))
    return match.group()


def _list(found: Nouns, match: Match) -> str:
    first, *others = (number(sign) for sign in re.findall(r"P\d+", match.group()))
    found.mates[first] = others
    return f"P{first} "


_PERSON, _POST, _OWNER = r"P\d+", r"R\d+[xn]?", r"(?P<owner>O\d+)"
_HEAD_P, _HEAD_R = rf"(?P<head>{_PERSON}) ", rf"(?P<head>{_POST}) "
_VERB = r"(?=F|is|was|will|to|as)"
_WHEN = r"(?P<when>(?:who |is |was |now |ex |its |w |was as |ex as |is as ){0,5})"

# Each: a pattern, what it says of its groups, which returns what stays of it. Their order is the grammar.
STEPS: tuple[tuple[re.Pattern[str], Callable[[Nouns, Match], str]], ...] = tuple(
    (re.compile(r"(?<!\S)" + pattern), says)
    for pattern, says in (
        (
            r"\AFo\d+e (?=[OPR])|(?:(?<=F[hnpkjs]\d )|(?<=F[hnpkjs]\d\d )|(?<=F[hnpkjs]\de ))Fo\d+e (?=[OPR])",
            _over,
        ),  # "Ousted chief"
        (r"\( (?:(?![PF(]\d?)\S+ ){0,6}\) ", _dropped),  # "(NYSE: OSP)"
        (r"(?P<head>O\d+) , (?:(?:w|its|of|in|O\d+(?:'s)?) ){1,6}, (?=F|will|is|to|say)", _head),  # "Ostrava, a bank,"
        (r"O\d+ and (?=O\d+(?:'s)? (?:ex |w )?R)", _dropped),  # "Ostrava and Nimbus executive"
        (r"[PO]\d+'s (?:w )?(?=O\d+)", _dropped),  # "Ostrava's cloud unit Nimbus", "Ada Quill's Nimbus": the unit is meant
        (rf"{_HEAD_R}(?:of|at) (?:its )?{_POST} (?!P)", _head),  # "board of directors", "chair of the board"
        (rf"new {_OWNER}(?:'s)? (?P<head>R\d+)", _new_post),  # "the new Ostrava chief"
        (
            rf"(?P<owner>its|P\d+'s|O\d+'s|O\d+(?= (?:ex |now )?R)) (?:w )?(?P<when>ex |now )?(?:w )?(?=(?P<post>{_POST}))",
            _owner_before,
        ),
        (
            rf"{_HEAD_R}(?:(?:of|for|in|,) w (?:and w |, )?)?(?:of|at|for|with) (?:its |w )?{_OWNER}(?:'s)? (?!R|P)",
            _owner_behind,
        ),
        (rf"{_HEAD_R}(?:of|for) w (?:and w )?", _head),  # "head of something"
        (rf"{_HEAD_R}(?:and|,|, and) (?:now |w )?(?P<more>{_POST}) (?!of|at|Fl|Fd)", _two_posts),
        (rf"(?P<when>ex )?(?P<post>{_POST}) {_HEAD_P}", _holder),
        (rf"(?<!as )(?<!is )(?P<when>ex )?(?P<post>{_POST}) , {_HEAD_P}(?=,|F|is|was|will|to|$)", _holder),
        (rf"{_OWNER}'s (?P<when>ex )?(?:w )?{_HEAD_P}", _of_firm),  # "Ostrava's Ada Quill"
        (rf"{_HEAD_P}(?:, |- |\( )(?:w , )?{_WHEN}(?P<post>{_POST}) (?:, |\) )?(?!as |to is )", _holder),
        (rf"{_HEAD_P}, (?P<when>(?:who )?(?:was |ex |w ){{1,3}})(?:at|with|of|for) {_OWNER} (?:, )?", _of_firm),
        (rf"{_HEAD_P}, who (?P<when>was |heads )(?:w )?(?:at |with |for )?{_OWNER}(?:'s)? (?:w )?(?:, )?", _of_firm),
        (rf"{_HEAD_P}(?:, )?(?P<when>ex )?of {_OWNER} (?:, )?", _of_firm),
        (rf"{_HEAD_P}, (?:(?:w|its|of|at|in|for|and|now|who|was|is|O\d+(?:'s)?) ){{1,7}}, {_VERB}", _head),
        (rf"{_PERSON} (?:(?:, and|,|and) (?:w )?{_PERSON} ){{1,7}}", _list),
        (rf"{_HEAD_R}(?:from O\d+ )?(?:, )?including (?:w )?(?=(?P<who>{_PERSON}))", _members),
    )
)


def drawn(text: str, found: Nouns) -> str:
    """The row with each name and its posts as one sign; what was drawn in is kept in ``found``."""
    for pattern, says in STEPS:
        text = pattern.sub(partial(says, found), text)
    return text
