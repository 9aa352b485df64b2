"""Why a story was flagged or not, as one object: the JSON of ``movewire explain``, and what a terminal or a page draws.

Also how a story is got to explain: a text, a stored story or event by its id, or the address of a web page.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import httpx

from monitor import feed_state
from monitor.app import App
from monitor.backtest import describe
from monitor.classify.weights.decision import REFUSED
from monitor.classify.wording import worded
from monitor.errors import ReadingError
from monitor.interfaces import Classifier
from monitor.model import Decision, FeedId, Span, Story, StoryId, Verdict
from monitor.sources.page import words_of_page
from monitor.text import plain
from monitor.urls import canonical, without_login

MAX_PAGE = 5_000_000  # bytes
_REFUSED = "the grammar is certain: a term made longer, executives in general or the like, and nobody who comes or goes"
_BY = {
    "rule": "the grammar is certain: a senior person, a post, and a verb that seldom misleads",
    "second opinion": "a second opinion was asked",
}
# Of the pipeline, which an explanation does not run.
_NOT_SAID = ("status", "severity", "event_id", "relation", "related", "alerted", "reasons")


def story_of(title: str, summary: str = "", *, at: Any, url: str = "", outlet: str = "") -> Story:
    """A story that is nowhere stored, from its words."""
    return Story(
        id=StoryId("explained"),
        feed_id=FeedId(""),
        url=url,
        title=plain(title),
        summary=plain(summary),
        outlet=outlet,
        first_seen=at,
    )


async def story_at(app: App, url: str) -> Story:
    """The stored story that is at ``url``, in the words it was judged by; else the web page, fetched through the HTTP door.

    Raises FetchError, or ReadingError with the reason.
    """
    stored = await app.store.aread(lambda reads: reads.stories_by_url([canonical(url)]))
    if stored:
        return stored[canonical(url)]
    client = app.client()
    try:
        request = httpx.Request("GET", url, headers={"accept": "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"})
        answer = await client.send(request, max_body=MAX_PAGE)
    finally:
        await client.close()
    if answer.status != 200:
        raise ReadingError(f"{without_login(url)}: {feed_state.status_words(answer.status)}")
    try:
        page = words_of_page(answer.body, content_type=answer.headers.get("content-type", ""))
    except ReadingError as error:
        raise ReadingError(f"{without_login(url)}: {error.why}") from None
    return story_of(page.title, page.summary, at=app.clock(), url=answer.url or url, outlet=page.outlet)


def explain(story: Story, classifier: Classifier) -> dict[str, Any]:
    """The explanation of ``story``: what ``backtest`` says of it, and why.

    ``decisions``: of each label the score, the lines it was held against, who decided, and the model's loudest features in
    words with what each adds to the log odds. ``evidence``: the words that fill each slot or made a rule speak.
    """
    verdict = classifier.classify(story)
    return {k: v for k, v in describe(story, verdict, None).items() if k not in _NOT_SAID} | {
        "summary": story.summary,
        "url": story.url,
        "outlet": story.outlet,
        "nature": verdict.nature.value,
        "version": f"{classifier.name} {classifier.version}",
        "decisions": [_decision(d) for d in verdict.decisions],
        "possible": [asdict(m) for m in verdict.possible],
        "orgs": list(verdict.orgs),
        "people": list(verdict.people),
        "rules": rules_of(verdict),
        "trace": list(verdict.trace),
    }


def _decision(d: Decision) -> dict[str, Any]:
    return {
        "label": d.label.value,
        "yes": d.yes,
        "score": d.score,
        "threshold": d.threshold,
        "band": [d.low, d.high],
        "by": d.by,
        "why": _why(d),
        "weights": [{"feature": name, "words": worded(name), "weight": round(weight, 3)} for name, weight in d.weights],
    }


def _why(d: Decision) -> str:
    if d.by == "rule" and d.score <= REFUSED:
        return _REFUSED
    if d.by in _BY:
        return _BY[d.by]
    if d.by == "model":
        return f"the model is sure: {d.score:.2f} is {'not under' if d.yes else 'under'} {d.high if d.yes else d.low:g}"
    return f"in the band between {d.low:g} and {d.high:g} the threshold decides: {d.score:.2f} against {d.threshold:g}"


def rules_of(verdict: Verdict) -> list[dict[str, str]]:
    """The rules that spoke, each with the words that made it."""
    spans: list[Span] = [s for m in (*verdict.matches, *verdict.possible) for s in m.evidence if s.supports.startswith("rule:")]
    return [{"rule": s.supports.removeprefix("rule:"), "words": s.text, "field": s.field} for s in dict.fromkeys(spans)]
