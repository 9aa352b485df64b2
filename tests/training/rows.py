"""Sentences made from parts, enough of them to fit a model on: written for the tests, alike in form and not in words."""

from __future__ import annotations

import random
from typing import Any

_FIRST = "Ada Bo Cyril Dana Emil Freya Gustav Hanna Ivo Jorun Kaspar Linn".split()
_LAST = "Quill Marsh Oakes Thornby Velder Winslow Yarrow Zeller Brandt Castell".split()
_ORGS = "Globex Initech Umbrella Hooli Vandelay Soylent Wernham Stark Wayne Tyrell Cyberdyne Acme".split()
_POSTS = ("chief executive", "CFO", "head of research", "chief operating officer", "chair", "president")
_MOVES = (
    "{org} names {person} {post}",
    "{org} hires {person} from {other} as {post}",
    "{person} steps down as {org} {post}",
    "{org} {post} {person} resigns",
    "{person} joins {org} as {post}",
)
_OTHERS = (
    "{org} {post} {person} says prices will rise",
    "{org} reports record sales, {post} {person} says",
    "{person} of {org} wins a prize for gardening",
    "Interview: {org} {post} {person} on leaving no stone unturned",
    "{org} to cut jobs as {person} joins talks on pay",
)


def rows(count: int = 160, seed: int = 7) -> list[dict[str, Any]]:
    """Half of them changes of post, half not, in a mixed order."""
    rnd = random.Random(seed)
    made = []
    for n in range(count):
        yes = n % 2 == 0
        text = rnd.choice(_MOVES if yes else _OTHERS).format(
            org=rnd.choice(_ORGS),
            other=rnd.choice(_ORGS),
            person=f"{rnd.choice(_FIRST)} {rnd.choice(_LAST)}",
            post=rnd.choice(_POSTS),
        )
        made.append({"id": f"made-{seed}-{n}", "title": text, "summary": "", "labels": ["executive_move"] if yes else []})
    return made
