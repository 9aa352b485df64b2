"""What a person reads who made a mistake in a route: routes inside it, digests, quiet hours, exceptions."""

from __future__ import annotations

import pytest

from tests.settings.conftest import Complaints

# The file, then the one line it is answered with.
MISTAKES = {
    "a channel that is not there, in a route inside another": (
        "routes:\n  - name: a\n    channels: [terminal]\n    routes:\n      - name: b\n        channels: [termnal]\n",
        "movewire.yaml:6: routes[0].routes[0].channels (route 'b'): found 'termnal'; expected a channel, 'terminal'",
    ),
    "a name of a route inside another that is taken": (
        "routes:\n  - name: a\n    channels: [terminal]\n    routes: [{name: a}]\n",
        "movewire.yaml:4: routes[0].routes[0].name (route 'a'): found 'a' twice (first in movewire.yaml:2); "
        "expected each name once",
    ),
    "a name that no saved search can have": (
        "routes:\n  - {name: a, channels: [terminal], match: 'org:Meta search:a/b'}\n",
        "movewire.yaml:2: routes[0].match.search (route 'a'): found \"a/b\"; "
        "expected the name of a saved search: up to 64 letters, digits, spaces, . _ -",
    ),
    "a time beside a saved search": (
        "routes:\n  - {name: a, channels: [terminal], match: 'search:meta since:7d'}\n",
        "movewire.yaml:2: routes[0].match (route 'a'): found \"search:meta since:7d\"; "
        "expected conditions on events; since is for lists of them",
    ),
    "a sum that is none": (
        "routes:\n  - {name: a, channels: [terminal], match: {amount_at_least: 5bnn}}\n",
        "movewire.yaml:2: routes[0].match.amount_at_least (route 'a'): found \"5bnn\"; "
        "expected dollars as 5e9, 5000000000 or 5bn",
    ),
    "a digest without a rhythm": (
        "routes:\n  - {name: a, channels: [terminal], mode: digest}\n",
        "movewire.yaml:2: routes[0].digest (route 'a'): is not given; mode: digest wants hourly or daily HH:MM",
    ),
    "a rhythm that is none": (
        "routes:\n  - {name: a, channels: [terminal], digest: weekly}\n",
        "movewire.yaml:2: routes[0].digest (route 'a'): found \"weekly\"; expected hourly or daily HH:MM, such as daily 08:00",
    ),
    "a rhythm beside now": (
        "routes:\n  - {name: a, channels: [terminal], mode: now, digest: hourly}\n",
        "movewire.yaml:2: routes[0].digest (route 'a'): found a rhythm beside mode: now; expected mode: digest, or no digest",
    ),
    "a mode that is none": (
        "routes:\n  - {name: a, channels: [terminal], mode: later}\n",
        "movewire.yaml:2: routes[0].mode (route 'a'): found \"later\"; "
        "expected one of 'now', 'digest' or 'first now, rest in the digest'",
    ),
    "a time zone that is none": (
        "routes:\n  - {name: a, channels: [terminal], timezone: Berlin}\n",
        "movewire.yaml:2: routes[0].timezone (route 'a'): found \"Berlin\"; expected a time zone such as Europe/Berlin or UTC",
    ),
    "an hour that is none": (
        "routes:\n  - name: a\n    channels: [terminal]\n    quiet_hours:\n      - {from: '25:00', to: '07:00'}\n",
        "movewire.yaml:5: routes[0].quiet_hours[0].from (route 'a'): found \"25:00\"; expected a time such as 08:00",
    ),
    "quiet hours without end": (
        "routes:\n  - name: a\n    channels: [terminal]\n"
        "    quiet_hours: [{from: '07:00', to: '22:00'}, {from: 22:00, to: '07:00'}]\n",
        "movewire.yaml:4: routes[0].quiet_hours (route 'a'): found every hour of the week; "
        "expected hours that end: these leave no minute of the week",
    ),
    "quiet hours of no time": (
        "routes:\n  - name: a\n    channels: [terminal]\n    quiet_hours: {from: '07:00', to: '07:00'}\n",
        "movewire.yaml:4: routes[0].quiet_hours (route 'a'): found a span that ends where it begins; "
        "expected 00:00 to 24:00 for a whole day",
    ),
    "a key of quiet hours that does not exist": (
        "routes:\n  - name: a\n    channels: [terminal]\n    quiet_hours: {from: '07:00', to: '09:00', day: [mon]}\n",
        "movewire.yaml:4: routes[0].quiet_hours[0].day (route 'a'): found a key that does not exist; expected 'days'",
    ),
    "a key of an exception that does not exist": (
        "routes:\n  - name: a\n    channels: [terminal]\n    match: {unless: {lable: [x]}}\n",
        "movewire.yaml:4: routes[0].match.unless.lable (route 'a'): found a key that does not exist; expected 'label'",
    ),
    "quiet hours in one word": (
        "routes:\n  - {name: a, channels: [terminal], quiet_hours: '22:00-07:00'}\n",
        "movewire.yaml:2: routes[0].quiet_hours (route 'a'): found \"22:00-07:00\"; "
        'expected a span such as {from: "22:00", to: "07:00"}, or a list of them',
    ),
    "a longer word for a condition": (
        "routes:\n  - {name: a, channels: [terminal], match: {organisation: [Meta]}}\n",
        "movewire.yaml:2: routes[0].match.organisation (route 'a'): found a key that does not exist; expected 'org'",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_said_with_its_place_and_what_would_be_right(mistake: str, complaints: Complaints) -> None:
    text, expected = MISTAKES[mistake]
    assert complaints(text) == [expected]


def test_a_route_without_a_name_is_given_none(complaints: Complaints) -> None:
    told = complaints("routes:\n  - {channels: [termnal]}\n  - {name: , channels: [terminal]}\n")
    assert "movewire.yaml:2: routes[0].channels: found 'termnal'; expected a channel, 'terminal'" in told
    assert "movewire.yaml:3: routes[1].name: found null; expected text" in told
