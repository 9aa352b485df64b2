"""A filing of the SEC under item 5.02 is an executive move by definition, and confirmed: the company itself says it.

Who moves and which way the filing's text says, not its entry: the company is the slot that is known, as ``to_org``, the
organisation whose posts change. The story's address is the filing's.
"""

from __future__ import annotations

from monitor.filings import CHANGE_OF_OFFICERS, OUTLET, company_of
from monitor.interfaces import Classifier
from monitor.model import Label, Match, Move, MoveAction, Span, Status, Story, Verdict


class WithFilings:
    """A classifier that knows filings for what they are and leaves every other story to ``others``."""

    def __init__(self, others: Classifier) -> None:
        self.others = others
        self.name, self.version = others.name, others.version

    def classify(self, story: Story) -> Verdict:
        company = company_of(story.title) if story.outlet == OUTLET else ""
        return _filed(story, company) if company else self.others.classify(story)


def _filed(story: Story, company: str) -> Verdict:
    item = f"item {CHANGE_OF_OFFICERS}"
    at = story.title.rindex(item)
    match = Match(
        story_id=story.id,
        label=Label.EXECUTIVE_MOVE,
        score=1.0,
        moves=(Move(action=MoveAction.OTHER, to_org=company, status=Status.CONFIRMED),),
        evidence=(
            Span(field="title", start=0, end=len(company), text=company, supports="moves.0.to_org"),
            Span(field="title", start=at, end=at + len(item), text=item, supports="rule:filing.5.02"),
        ),
    )
    scores = {Label.EXECUTIVE_MOVE: 1.0, Label.INFRASTRUCTURE: 0.0}
    return Verdict(story_id=story.id, scores=scores, matches=(match,), orgs=(company,), trace=("filing: item 5.02",))
