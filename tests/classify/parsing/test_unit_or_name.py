"""Whether the word in front of a post is the firm's last one or the post's unit."""

from __future__ import annotations

import pytest

from tests.classify.moves.evidence.test_ties import seen


@pytest.mark.parametrize(
    ("title", "firm", "post"),
    [
        ("Tallgrass Robotics chief technology officer Ada Quill leaves", "Tallgrass Robotics", "chief technology officer"),
        ("Crane Data Centers chief operating officer Ada Quill leaves", "Crane Data Centers", "chief operating officer"),
        ("Tallgrass Robotics Chief Technology Officer Ada Quill Leaves", "Tallgrass Robotics", "Chief Technology Officer"),
        ("Tallgrass Robotics head of compute Ada Quill leaves", "Tallgrass Robotics", "head of compute"),
        ("Tallgrass Robotics Head of Compute Ada Quill Leaves", "Tallgrass Robotics", "Head of Compute"),
        ("Northlight AI chief technology officer Ada Quill leaves", "Northlight AI", "chief technology officer"),
        ("Former First Solar chief commercial officer Ada Quill leaves", "First Solar", "chief commercial officer"),
        ("Osprey Energy Partners CFO Ada Quill leaves", "Osprey Energy Partners", "CFO"),
    ],
)
def test_a_unit_behind_the_name_of_a_firm_is_the_end_of_the_name(title: str, firm: str, post: str) -> None:
    found = seen(title)
    assert firm in [one.text for one in found.orgs]
    assert [one.text for one in found.posts] == [post]


@pytest.mark.parametrize(
    ("title", "post"),
    [
        ("Google robotics head Ada Quill leaves", "robotics head"),
        ("Google Robotics chief Ada Quill leaves", "Robotics chief"),
        ("Tallgrass AI chief Ada Quill leaves", "AI chief"),
        ("Tallgrass Xbox chief Ada Quill leaves", "Xbox chief"),
        ("Osprey's Robotics chief Ada Quill leaves", "Robotics chief"),
        ("Osprey Cloud Chief Ada Quill Leaves", "Cloud Chief"),
        ("Ousted Robotics chief Ada Quill joins Corvid", "Robotics chief"),
    ],
)
def test_a_unit_of_a_firm_that_is_known_or_owns_it_goes_with_the_post(title: str, post: str) -> None:
    assert post in [one.text for one in seen(title).posts]


def test_a_headline_in_title_case_names_what_the_story_names() -> None:
    found = seen("Harrow Robotics Chief Leaves", "The company said that Harrow Robotics had let Ada Quill go.")
    assert [one.text for one in found.orgs] == ["Harrow Robotics"]
