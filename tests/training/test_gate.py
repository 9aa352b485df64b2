"""The gate is fitted on read stories, on a stream and on written headlines, which weigh little and stand on one side together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from monitor.classify.gate import Half, look
from monitor.classify.prefilter import candidates
from monitor.training import as_story
from monitor.training.data import kin_of

if TYPE_CHECKING:  # it takes scikit-learn, a second in each process that collects tests
    from monitor.training.gate import Example

BLOCKS = ("title", "terms")
FIRMS = ("Corvid", "Osprey", "Vesper", "Karst", "Xylos", "Zentrix", "Solvane", "Calder", "Ardent", "Boreal")


def told(text: str, n: int, *, yes: bool, written: bool = False) -> Example:
    from monitor.training.gate import Example

    story = as_story({"id": f"{text}-{n}", "title": text.format(FIRMS[n % 10], FIRMS[(n + 3) % 10])})
    return Example(story, text if written else story.title, yes, yes, taught=True, read=not written, written=written)


def stories(*written: tuple[str, bool]) -> Iterator[Example]:
    for n in range(10):
        yield told("{} names {} executive as finance chief", n, yes=True)
        yield told("{} chief quits, shares of {} fall", n, yes=True)
        yield told("{} names price for new phone, chief rival of {}", n, yes=False)
        yield told("Engineers at {} lead effort on codec with {}", n, yes=False)
        for text, yes in written:
            yield told(text, n, yes=yes, written=True)


def passes(fitted: dict[str, Any], title: str) -> bool:
    half = Half(fitted["title"], fitted["summary"], fitted["terms"], fitted["bias"], fitted["line"])
    return half.passes(look(title, "", candidates(title).hits, below=False))


RARE = "{} is courting engineers who built the reactor of {}"
OTHER = "{} is courting buyers for the reactor of {}"
NEW = "Rookwood is courting engineers who built the reactor of Delphine"


def test_what_is_only_written_passes_once_it_is_learned_from() -> None:
    from monitor.training.gate import fit

    assert not passes(fit(stories(), BLOCKS, 40, 0.995), NEW)
    fitted = fit(stories((RARE, True), (RARE.replace("reactor", "engine"), True), (OTHER, False)), BLOCKS, 40, 0.995)
    assert passes(fitted, NEW)
    assert not passes(fitted, "Engineers at Rookwood lead effort on codec with Delphine")
    assert fitted["card"]["labelled"] == 40 and fitted["card"]["positive"] == 20  # written ones count in no figure


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"id": "written-3-1", "title": "A", "example": True}, {"id": "written-3-2", "title": "B", "example": True}, True),
        ({"id": "written-3-1", "title": "A", "example": True}, {"id": "written-4-1", "title": "A", "example": True}, False),
        ({"id": "x-1", "title": "Vesper hires chief"}, {"id": "y-2", "title": "Vesper hires chief"}, True),
        ({"id": "x-1", "title": "Vesper hires chief"}, {"id": "x-2", "title": "Karst fires treasurer"}, False),
    ],
)
def test_fillings_of_one_template_are_kin_and_so_are_near_copies(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    assert (kin_of(one) == kin_of(other)) is same
