"""Which posts are seats on a board, and which of these run the firm as well."""

from __future__ import annotations

import re

from monitor.classify.words.kept import Kept

SEATS = ("board", "chair", "director")
# Who sits on these runs the firm, and does not watch over it: "management board member", "Vorstand".
_RUNS_IT = r"(?<!non-)(?<!non )\b(?:management|executive|trading) board\b(?! (?:chair|director))|\bvorstand\b"
_NO_SEAT = re.compile(rf"\bhonorary\b|\bemerit\w+|\badvis[eo]rs?\b.* to the board|{_RUNS_IT}")
# Who chairs what a firm is made of runs it: "chair of its television group", "vice chair of Asia investment banking".
_OF_A_UNIT = re.compile(
    r"chair\w*\s(?:of|for)\s(?:(?:its|\S+['’]s)\s(?:\S+\s)+(?:group|department|division|unit|team)\b|"
    r"(?:\S+\s){0,3}(?:banking|practice|capital\smarkets|private\sequity)$|(?:asia|europe|emea|(?:(?:latin|north)\s)?americas?)$)|"
    r"(?:banking|practice|private\sequity|litigation|antitrust)\s(?:vice|co)-?\s?chair"
)
_DIRECTOR = re.compile(
    r"(?:(?:new|sole|(?:senior )?independent|external|outside|nominee|non-?executive|lead|additional|interim|two|three) )*"
    r"directors?"
)


@Kept
def board_kind(role: str) -> str:
    """Whether a role as written, in lower case, is a seat on a board: "board", "chair" or "director"; else "exec chair", "no"."""
    if _NO_SEAT.search(role):
        return "no"
    if "board" in role:
        return "board"
    if "chair" in role:
        if _OF_A_UNIT.search(role):
            return "no"
        runs = re.search(r"executive chair|ceo|chief|president", role) and "non-executive" not in role
        return "exec chair" if runs else "chair"
    return "director" if _DIRECTOR.fullmatch(role) else "no"


_RUNS = re.compile(r"\b(?:ceo|chief|president)\b")


def runs(role: str) -> bool:
    """Whether a role as written, in lower case, chairs the board and runs the firm as well: "chairman and CEO"."""
    return board_kind[role] == "exec chair" and _RUNS.search(role) is not None


_CHIEF = r"(?:ceo|cfo|coo|cto|chief executive|chief \w+ officer|president|managing director)"
_WITH_A_SEAT = re.compile(
    rf"\b{_CHIEF}\b.*?(?:\band|&|,) (?:\w+ ){{0,3}}?(?:board|director)\b|\b(?:board|director)\b.*?\band (?:\w+ ){{0,2}}{_CHIEF}\b"
)


def has_a_seat(role: str) -> bool:
    """Whether a role as written, in lower case, is a chief officer's who sits on the board as well: "CEO and board member"."""
    return _WITH_A_SEAT.search(role) is not None
