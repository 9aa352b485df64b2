"""A story made ready to be compared with many events."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from monitor.grouping.facts import Facts, of_verdict, person_key, roles_of
from monitor.grouping.wording import Vector, masthead, vector
from monitor.model import Nature, Story, Verdict
from monitor.text import fold, headline, title_digest
from monitor.urls import canonical


@dataclass(frozen=True, slots=True)
class Subject:
    """A story made ready to be compared with many events."""

    story: Story
    nature: Nature
    facts: Facts
    vector: Vector
    digest: str
    url: str
    outlet: str
    lead: str  # who the headline is about: the mover it names first
    lead_roles: frozenset[str]

    @classmethod
    def of(cls, story: Story, verdict: Verdict) -> Subject:
        moves = [m for match in verdict.matches for m in match.moves if m.person]
        lead = lead_of(story.title, (person_key(m.person) for m in moves))
        roles = (roles_of(f"{m.to_role} / {m.from_role}") for m in moves if lead and person_key(m.person) == lead)
        return cls(
            story,
            verdict.nature,
            of_verdict(verdict),
            vector(story.title, story.summary[:500]),
            title_digest(headline(story.title)),
            canonical(story.url),
            masthead(story),
            lead,
            frozenset().union(*roles),
        )


def lead_of(title: str, people: Iterable[str]) -> str:
    """Of ``people`` (keys of ``person_key``) the one whose last name the title gives first; "" where it gives none."""
    found = [fold(word).removesuffix("'s") for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", title)]
    places = [(found.index(last), key) for key in people if (last := key.partition(" ")[0]) in found]
    return min(places)[1] if places else ""


@lru_cache(maxsize=8192)
def mark(outlet: str) -> str:
    """What a masthead is told apart by: "The Example" and "example.com" are one."""
    name = fold(outlet)
    if "." in name and " " not in name:
        name = name.rsplit(".", 1)[0]
    return re.sub(r"[^a-z0-9]", "", name).removeprefix("the")
