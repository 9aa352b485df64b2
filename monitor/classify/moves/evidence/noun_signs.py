"""A row as ``nouns`` and ``clauses`` read it: one sign a chunk, each with the chunk's number.

``P4`` a person, ``O2's`` an organisation that owns, ``R3`` a post (``x`` one that is over, ``n`` a new one), ``Fj5`` a frame
(``e``: a participle), small words as they are, ``w`` for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.moves.cast.standins import stands_in
from monitor.classify.moves.evidence.signs import SMALL, signs_of_words, written
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.words.move_cues import products

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
    "depart.off_to": "m",
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
    **dict.fromkeys(("become", "becomes", "becoming", "steps", "stepping"), "Fb"),
    **dict.fromkeys(("hands", "passes", "cedes"), "Fg"),
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
_EX = frozenset({"former", "ex-"})  # before a firm: "former Osprey chief"
_NEW = ("new ", "next", "incoming", "first ", "soon-to-be")
_STAYS = ("stay", "will stay", "to stay", "remain", "will remain")
_PARTICIPLES = frozenset({"chosen", "made", "hired", "named"})


def signs(items: Sequence[Chunk]) -> str:
    return written(items, _sign)[0]


def _sign(items: Sequence[Chunk], i: int, c: Chunk) -> str:
    if c.kind == "word":
        if c.low in ("new", "next", "incoming") and i + 1 < len(items) and items[i + 1].kind in ("org", "name"):
            return "new"
        if (kind := stands_in(items, i)) != "":
            return f"{'P' if kind == 'person' else 'O'}{i}"
        sign = _of_word[c.low]
        return f"{sign}{i}" if sign[:1] in ("F", "R") else sign
    if c.kind == "frame" and c.frame is not None:
        if _WORDS.get(c.low) == "say":
            return "say"
        if c.low in _EX:
            return "ex"
        if c.frame.template == "NOUN_ORG" and c.frame.action == "other":
            return "change"
        if c.low.startswith(_STAYS):
            return "stay"
        letter = _letter(c)
        first = c.low.split()[0]
        return (
            f"F{letter}{i}{'e' if (first.endswith('ed') and first != 'succeed') or first in _PARTICIPLES else ''}"
            if letter
            else "w"
        )
    if c.kind == "role":
        return f"R{i}" + ("x" if c.low.startswith(_PAST) else "n" if c.low.startswith(_NEW) else "")
    if c.low in products():
        return "w"
    kind = "O" if c.kind == "org" or (c.kind == "name" and " " not in c.low) else "P"
    return f"{kind}{i}" + ("'s" if c.owns else "")


_of_word = signs_of_words(_WORDS, _KEPT, _SKIPPED)  # of a frame or a post without its number


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
