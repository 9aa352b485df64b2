"""Names and posts of a sentence drawn together: "Osprey's former data chief Jane Roe, 51," is one person who held one post of one
firm.

A row is written one sign a chunk (``noun_signs``). Rules over these signs draw together what belongs to a name, until a few
patterns tell the clause (``clauses``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from monitor.classify.moves.evidence.outside import compiled, outside


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


def number(sign: str | None) -> int:
    """The chunk's number of a sign; -1 for none."""
    digits = _DIGITS.search(sign or "")
    return int(digits.group()) if digits else -1


_DIGITS = re.compile(r"\d+")
Match = re.Match[str]


def _dropped(found: Nouns, match: Match) -> str:
    return ""


def _over(found: Nouns, match: Match) -> str:
    return "ex "


def _head(found: Nouns, match: Match) -> str:
    return match["head"] + " "


def _goes_on(found: Nouns, match: Match) -> str:
    return f"{match['who']} {match['act']}; {match['who']} "


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


def _said_by(found: Nouns, match: Match) -> str:
    found.owner.setdefault(number(match["post"]), number(match["owner"]))
    return match.group()


def _new_post(found: Nouns, match: Match) -> str:
    found.owner[number(match["head"])] = number(match["owner"])
    return match["head"] + "n"


def _two_posts(found: Nouns, match: Match) -> str:
    """Two posts told together: the first stands for both, and is owned by who owns the second; what it does the second does."""
    head, more = number(match["head"]), number(match["more"])
    owner = found.owner.get(more, -1)
    if owner != -1:
        found.owner.setdefault(head, owner)
    found.mates.setdefault(head, []).append(more)
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
_NOT_HELD = r"(?<!P\d , )(?<!P\d\d , )"  # of "Ada Quill, CEO of Ostrava, Ben Okoro, CEO of Nimbus" each holds the one behind
_WHEN = r"(?P<when>(?:who |is |was |now |ex |its |w |was as |ex as |is as ){0,5})"


def _needs(pattern: str) -> tuple[str, ...]:
    """What a row has wherever the pattern is found: people, posts, firms, words, marks."""
    plain = outside(re.sub(r"\(\?P<\w+>([^()|]*)\)(?!\?)", r"\1", pattern))
    return tuple(dict.fromkeys(re.findall(r"[PRO](?=\\d)|(?<![\w\\])[a-z]+ |, ", plain)))


# Each: what it needs, a pattern, what it says of its groups, which returns what stays of it. Their order is the grammar.
STEPS: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[Nouns, Match], str]], ...] = tuple(
    (_needs(pattern), compiled(pattern), says)
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
        (rf"{_HEAD_R}of O\d+ (?=(?:at|for) O\d+)", _head),  # "head of GenAI at Ostrava": the unit is not the firm
        (rf"{_HEAD_R}, (?:w |O\d+ ){{1,3}}, (?=(?:at|for) O\d+)", _head),  # "vice president, Northern Region, at Ostrava"
        (
            r"(?P<who>P\d+) (?P<act>(?:will |to |is |say ){0,2}Fs\d+ (?:w )?P\d+ )(?:as (?:its )?R\d+[xn]? )?and "
            r"(?=(?:will |to |is |w ){0,2}F)",
            _goes_on,
        ),  # "Quill will succeed Okoro and will join"
        (
            r"(?P<who>P\d+) , who (?P<act>(?:will |is )?Fs\d+ (?:w )?P\d+ )(?:as (?:its )?R\d+[xn]? )?, "
            r"(?=(?:ex |now |w ){0,3}(?:was|is|will|heads|F\w+) )",
            _goes_on,
        ),  # "Quill, who succeeds Okoro, was most recently"
        (rf"new {_OWNER}(?:'s)? (?P<head>R\d+)", _new_post),  # "the new Ostrava chief"
        (
            rf"(?P<owner>its|P\d+'s|O\d+'s|O\d+(?= (?:ex |now )?R)) (?:w )?(?P<when>ex |now )?(?:w )?(?=(?P<post>{_POST}))",
            _owner_before,
        ),
        (rf"{_OWNER} say (?P<post>R\d+) (?=P\d+ (?:will |to |is |has ){{0,2}}F)", _said_by),  # "Ostrava said CFO Quill will go"
        (
            rf"{_HEAD_R}(?:(?:of|for|in|,) w (?:and w |, )?)?(?:of|at|for|with) (?:its |w )?{_OWNER}(?:'s)? (?!R|P)",
            _owner_behind,
        ),
        (rf"{_HEAD_R}(?:of|for) w (?:and w )?", _head),  # "head of something"
        (rf"{_HEAD_R}(?:and|,|, and) (?:now |w )?(?P<more>{_POST}) (?!of|at|Fl|Fd)", _two_posts),
        (rf"(?P<when>ex )?(?P<post>{_POST}) {_HEAD_P}", _holder),
        (rf"(?<!as )(?<!is )(?<!to ){_NOT_HELD}(?P<when>ex )?(?P<post>{_POST}) , {_HEAD_P}(?=,|F|is|was|will|to|$)", _holder),
        (rf"{_OWNER}'s (?P<when>ex )?(?:w )?{_HEAD_P}", _of_firm),  # "Ostrava's Ada Quill"
        (rf"{_HEAD_P}(?:, |- |\( )(?:w , )?{_WHEN}(?P<post>{_POST}) (?:, (?!P\d)|\) )?(?!as |to is )", _holder),
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
    for needed, pattern, says in STEPS:
        if all(map(text.__contains__, needed)):
            text = pattern.sub(partial(says, found), text)
    return text
