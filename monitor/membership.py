"""Why a story is of an event, in words for people. What is stored, and given to programs, are the short names. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from monitor.text import counted

# What speaks for two stories telling one happening, and against it: the names that grouping gives, and what they say.
FOR = {
    "copy": "the same page or headline",
    "person in both titles": "the same person in both headlines",
    "person": "the same person moves",
    "people": "a person in common",
    "both orgs": "the same organisations",
    "org": "the same organisation",
    "role": "the same post",
    "action": "the same kind of move or build",
    "same way": "somebody joins in both or leaves in both",
    "post": "the same post at the same organisation changes hands",
    "succession": "one leaves the post that the other takes",
    "one of many": "one of several people the event brings there",
    "project": "the same project",
    "place": "the same place",
    "amount": "the same amount",
    "capacity": "the same capacity",
    "figure": "a figure in common",
}
AGAINST = {
    "same outlet": "its outlet had reported it before",
    "overtaken": "somebody in it has moved elsewhere since",
    "moved on": "the same person goes elsewhere a day or more later",
    "turned": "one joins where the other leaves",
    "other action": "another kind of move",
    "other label": "one reports a change of post, the other a buildout",
    "other person": "another person moves",
    "other person, both known": "another person moves and one story knows of both",
    "other person in the headline": "the headlines are about different people",
    "other subject": "the headline is about somebody else",
    "other post": "the headline is about somebody else with another post",
    "other appointment": "somebody else goes to another organisation",
    "other destination": "the organisations they go to differ",
    "other firm": "the same name with other posts at other organisations",
    "other amount": "the amounts differ",
    "other capacity": "the capacities differ",
    "other place": "the places differ",
    "other project": "the projects differ",
    "two differ": "two of its place and project and figures differ",
    "another site": "another site",
    "another region": "another country or state",
    "another town": "another town",
    "another code name": "another code name",
    "another deal": "another deal",
    "other builder": "the headlines name other firms",
    "another builder": "another builder",
}
_ELSE = {
    "no candidate": "no other event was similar",
    "not flagged": "reports neither a change of post nor a buildout by itself",
    "round-up": "a round-up of several events",
    "comment": "a comment, not news",
}
_LINKED = "similar, but probably another event"
_LIKENESS = re.compile(r"words alike (\d\.\d\d), its headline told there (\d\.\d\d)")
_NEAREST = re.compile(r"nearest (\S+) at (\d\.\d\d)")
_CONFLICT = "conflict: "


def why_there(relation: str, reasons: Sequence[str], after: timedelta | None = None) -> str:
    """The reasons of a membership in one line; what has no words here is left as it is, such as what a person said.

    ``after``: how long after the event's first story the story was told, of one that joined it.

    >>> why_there("member", ["words alike 0.41, its headline told there 0.80", "org", "other amount"], timedelta(days=2))
    'the same organisation; 80 % of one headline found in the other, wording 41 % alike; 2 days after the first; against it: the \
amounts differ'
    """
    if relation == "related" and not set(reasons) <= _ELSE.keys():
        return _LINKED  # its reasons are of the event that it belongs to
    names = set(map(_plain, reasons))
    shared, against = ([said for name, said in words.items() if name in names] for words in (FOR, AGAINST))
    others = [words for one in reasons if _plain(one) not in FOR.keys() | AGAINST.keys() and (words := _measured(one))]
    if relation == "founder":
        return "; ".join([*others[:1], *_listed("against it: ", against), *_listed("alike: ", shared), *others[1:]])
    told = [] if after is None else [_span(after)]
    return "; ".join([*_listed("", shared), *others, *told, *_listed("against it: ", against)])


def _plain(reason: str) -> str:
    return reason.removeprefix(_CONFLICT)


def _listed(lead: str, words: Sequence[str]) -> list[str]:
    return [lead + ", ".join(words)] if words else []


def _measured(reason: str) -> str:
    if found := _LIKENESS.fullmatch(reason):
        alike, told = (f"{100 * float(share):.0f} %" for share in found.groups())
        return f"{told} of one headline found in the other, wording {alike} alike"
    if found := _NEAREST.fullmatch(reason):
        return f"the most similar event, {found[1]}, fits by {100 * float(found[2]):.0f} %"
    return _ELSE.get(reason, reason)


def _span(after: timedelta) -> str:
    hours = round(abs(after).total_seconds() / 3600)
    long = counted(round(hours / 24), "day") if hours >= 36 else counted(hours, "hour") if hours else "less than an hour"
    return f"{long} {'before' if after < timedelta() else 'after'} the first"
