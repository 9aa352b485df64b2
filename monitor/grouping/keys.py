"""What the candidate index finds an event by: names, pairs of names, posts, places, projects, and telling title words.

A key is a short string with its kind before the colon. A story has at most ``MAX_STORY_KEYS``, an event ``MAX_EVENT_KEYS``,
so that neither a round-up nor an event of a thousand stories costs more to look up than a short one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import combinations

from monitor.grouping.facts import Facts, of_verdict
from monitor.grouping.figures import figures
from monitor.grouping.wording import telling
from monitor.grouping.words import stem, stems, weight
from monitor.ids import digest
from monitor.model import Story, Verdict
from monitor.text import headline, title_digest
from monitor.urls import canonical

MAX_STORY_KEYS = 48
MAX_EVENT_KEYS = 90
TITLE_WORDS = 8
# From this weight a word of a title finds events alone, below it only together with another.
LONE_WORD = 4.0


def event_keys(story: Story, verdict: Verdict) -> tuple[str, ...]:
    """The keys of one story, most telling first."""
    facts = of_verdict(verdict)
    digested = title_digest(headline(story.title))
    keys = [f"title:{digested}"] if digested else []
    if url := canonical(story.url):
        keys.append(f"url:{digest(url, size=8)}")
    keys += _names(facts)
    keys += _figures(story.title)
    words = telling(story.title, TITLE_WORDS, 2.5)
    lone = {w for w in words if weight(w) >= LONE_WORD}
    # Of words that are keys alone, pairs of the rarest tell which of many events is meant; other pairs of them find nothing more.
    pairs = (pair for pair in combinations(sorted(words[:7]), 2) if not lone.issuperset(pair) or set(words[:4]).issuperset(pair))
    keys += [f"words:{a}+{b}" for a, b in pairs]
    keys += _about(story.title, facts)
    keys += [f"word:{w}" for w in words if w in lone]
    return tuple(dict.fromkeys(keys))[:MAX_STORY_KEYS]


def _names(facts: Facts) -> Iterable[str]:
    movers, people = sorted(facts.movers)[:6], sorted(facts.people - facts.movers)[:4]
    orgs = sorted(facts.orgs)[:6]
    yield from (f"person:{full_name(p)}" for p in movers)
    # A surname alone in a headline meets the full name elsewhere.
    yield from (f"surname:{p.partition(' ')[0]}" for p in movers)
    if facts.project:
        yield f"project:{facts.project}"
    yield from (f"orgs:{a}+{b}" for a, b in combinations(orgs[:4], 2))
    yield from (f"role:{role}+{org}" for role in sorted(facts.roles) for org in orgs[:3])
    if facts.place:
        yield from (f"place:{facts.place}+{org}" for org in orgs[:3])
    yield from (f"person:{full_name(p)}" for p in people)


def _about(title: str, facts: Facts) -> Iterable[str]:
    """An organisation that the headline names with each telling word beside it: what it did, in a headline of many words."""
    words = telling(title, 2 * TITLE_WORDS, 2.5)
    orgs = {stem(org.partition(" ")[0]) for org in facts.orgs}.intersection(words)
    named = [s for s in dict.fromkeys(stems(headline(title))) if s in orgs][:2]
    yield from (f"words:{min(a, b)}+{max(a, b)}" for a in named for b in words if a != b)


def _figures(title: str) -> Iterable[str]:
    """What is counted and about how much: two steps of a tenth each, so that near values share one."""
    for kind, value in sorted(figures(title))[:3]:
        if kind != "%" and value >= 1:
            step = math.log10(value) * 10
            yield from (f"figure:{kind}~{n}" for n in (math.floor(step), math.floor(step + 0.5) + 1000))


def extend(keys: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    """``keys`` with ``more``, each once, the founder's kept first."""
    return tuple(dict.fromkeys((*keys, *more)))[:MAX_EVENT_KEYS]


def full_name(person: str) -> str:
    """Last and first name of a ``person_key``, middle names off."""
    return " ".join(person.split()[:2])
