"""Asks the second opinion at the edge: within a time-out, a day's budget and a share of the stories, from a cache first.

Whatever goes wrong, the local decision stands. What is asked and what an answer is worth, ``classify/second_opinion.py`` says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from ipaddress import ip_network

import monitor.classify.second_opinion as opinions
import monitor.store.opinions as kept
from monitor import log as logging
from monitor.app import App, user_agent
from monitor.classify.second_opinion import Refused
from monitor.doors.http_client import HttpClient
from monitor.errors import FetchError, StoreError
from monitor.model import Label, Story, StoryId, Verdict
from monitor.settings.schema import Network

AT_ONCE = 4  # questions under way
FREE = 20  # questions before the share of stories counts, so that it means something
PAUSE_AFTER, PAUSE = 3, 300.0  # failures in a row; seconds until it is tried again
# The endpoint is the operator's own word, and mostly a machine beside this one: it may be any address. It is not redirected.
_ANYWHERE = Network(allow_networks=(ip_network("0.0.0.0/0"), ip_network("::/0")))


class SecondOpinion:
    """For settings that name an endpoint."""

    def __init__(self, app: App) -> None:
        self._app, self._options = app, app.settings.classify.second_opinion
        self._log = logging.get(part="second opinion")
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._seen = self._asked = self._failures = 0
        self._resting_until = 0.0

    async def review(self, stories: Collection[Story], verdicts: Mapping[StoryId, Verdict]) -> dict[StoryId, Verdict]:
        """``verdicts`` with what a second opinion is worth where it is asked. Raises nothing for what the endpoint does."""
        found = dict(verdicts)
        self._seen += len(stories)
        asked = [(s, labels) for s in stories if (labels := opinions.questions(found[s.id], s))]
        for story, verdict in await asyncio.gather(*(self._one(s, found[s.id], labels) for s, labels in asked)):
            found[story.id] = verdict
        return found

    async def _one(self, story: Story, verdict: Verdict, labels: tuple[Label, ...]) -> tuple[Story, Verdict]:
        text = await self._answer(story)
        if not text:
            return story, verdict
        opinion = opinions.read(text)
        if isinstance(opinion, Refused):
            self._log.warning("a second opinion cannot be used; the local decision stands", story_id=story.id, why=opinion.why)
            return story, verdict
        after = opinions.apply(verdict, opinion, story, labels)
        self._log.info("second opinion", story_id=story.id, said=after.trace[len(verdict.trace) :])
        return story, after

    async def _answer(self, story: Story) -> str:
        """The words of an answer, from the cache or the endpoint; "" where there is none to be had."""
        key, store = opinions.cache_key(story, self._options.model), self._app.store
        try:
            known = await store.aread(lambda reads: kept.answer(reads, key))
            if known is not None:
                return known
            async with self._slots:
                if not self._may_ask():
                    return ""
                self._asked += 1
                now = self._app.clock()
                if not await store.atransact(lambda tx: kept.begin(tx, key, now, self._options.per_day)):
                    self._asked -= 1
                    return ""
                text = await self._ask(story)
            if text:
                await store.atransact(lambda tx: kept.keep(tx, key, text))
            return text
        except StoreError as error:
            self._log.warning("the second opinion's budget cannot be read; the local decision stands", why=str(error))
            return ""

    def _may_ask(self) -> bool:
        resting = asyncio.get_running_loop().time() < self._resting_until
        return not resting and self._asked < FREE + self._options.share * self._seen

    async def _ask(self, story: Story) -> str:
        options = self._options
        key = options.api_key.get_secret_value() if options.api_key else ""
        request = opinions.request(story, url=options.url, model=options.model, api_key=key)
        wait = options.timeout
        client = HttpClient(self._app.settings.polling, _ANYWHERE, user_agent(self._app.settings))
        text: str | Refused
        try:
            answer = await client.send(
                request, max_body=opinions.MAX_ANSWER, follow_redirects=False, connect=wait, read=wait, total=wait
            )
            text = opinions.content_of(answer.status, answer.body)
        except FetchError as error:
            text = Refused(why=error.why)
        finally:
            await client.close()
        if isinstance(text, str):
            self._failures = 0
            return text
        self._failures += 1
        if self._failures >= PAUSE_AFTER:
            self._resting_until = asyncio.get_running_loop().time() + PAUSE
        self._log.warning(
            "no second opinion; the local decision stands", story_id=story.id, why=text.why, failures=self._failures
        )
        return ""
