"""Projects that a user watches: names no lexicon has, met as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from monitor.model import Match, Span, Story


class Projects:
    """The projects of a user's watchlists."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        known = sorted({name.strip() for name in names if name.strip()}, key=lambda name: (-len(name), name))
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)") if known else None

    def fill(self, match: Match, story: Story) -> Match:
        """The match with a watched project where its buildout names none."""
        if self._any is None or match.buildout is None or match.buildout.project:
            return match
        for field, text in (("title", story.title), ("summary", story.summary)):
            if found := self._any.search(text):
                span = Span(
                    field=field,  # type: ignore[arg-type]
                    start=found.start(),
                    end=found.end(),
                    text=found.group(),
                    supports="buildout.project",
                )
                built = replace(match.buildout, project=found.group())
                return replace(match, buildout=built, evidence=(*match.evidence, span))
        return match
