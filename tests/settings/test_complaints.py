"""How mistakes are told: all at once, in the order of lines, without a secret; and what is only noticed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args, get_origin

import pytest
from pydantic import BaseModel, SecretStr

from monitor.settings import Settings
from tests.settings.conftest import Complaints, Loading


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("polling:\n  min_interval: [5m\nlogging: {}\n", 3),
        ("polling:\n\tmin_interval: 5m\n", 2),
        ("a: b: c\n", 1),
        ('polling:\n  contact: "open\n', None),
        ("a: *nothing\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
    ],
)
def test_what_is_no_yaml_is_said_with_its_line(text: str, line: int | None, complaints: Complaints) -> None:
    (words,) = complaints(text)
    assert re.match(rf"movewire\.yaml:{line or r'[0-9]+'}: found what is no YAML \(.+\); expected (valid YAML|spaces .+)$", words)


def test_what_unfolds_without_end_is_refused_and_not_unfolded(complaints: Complaints) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
    )
    assert "aliases that do not unfold without end" in complaints(bomb)[0]
    assert "an alias that does not hold itself" in complaints("a: &a [*a]\n")[0]
    assert "more than 40 levels" in complaints("a: " + "[" * 60 + "]" * 60 + "\n")[0]
    assert complaints("a: " + "[" * 60_000 + "\n")


def test_every_mistake_of_every_file_is_said_at_once_in_the_order_of_lines(complaints: Complaints) -> None:
    found = complaints(
        """\
        polling: {per_host: 0}
        channels:
          hook: {type: webhook}
        routes:
          - {name: a, channels: [hok], colour: red}
        feeds:
          - {name: Wire, url: "https://a.example/feed"}
        """,
        {"MOVEWIRE__LOGGING__LEVEL": "loud", "MOVEWIRE__POLING__X": "1"},
        feeds="feeds:\n  - {name: Wire, url: 'https://b.example'}\n  - {name: Two, url: nothing, source: x}\n",
        watchlists="watchlists:\n  labs: {org: [A]}\n",
        outlets="outlets:\n  - {name: A, tier: 4}\n",
    )
    assert found == [
        "movewire.yaml:1: polling.per_host: found 0; expected at least 1",
        "movewire.yaml:3: channels.hook.url: is not given; expected url or url_file",
        "movewire.yaml:5: routes[0].colour (route 'a'): found a key that does not exist; expected one of channels, continue, "
        "digest, match, mode, muted_times, name, quiet_hours, routes, timezone",
        "movewire.yaml:5: routes[0].channels (route 'a'): found 'hok'; expected a channel, 'hook'",
        "environment MOVEWIRE__POLING__X: found a variable of no section; expected 'polling'",
        'environment MOVEWIRE__LOGGING__LEVEL: logging.level: found "loud"; '
        "expected one of 'debug', 'info', 'warning' or 'error'",
        "feeds.yaml:2: name: found 'Wire' twice (first in movewire.yaml:7); expected each name once",
        'feeds.yaml:3: feeds[1].url: found "nothing"; expected an http or https address',
        "watchlists.yaml:2: watchlists.labs.org: found a key that does not exist; expected 'orgs'",
        "outlets.yaml:2: outlets[0].tier: found 4; expected at most 3",
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("channels: {h: {type: webhook, url: [hunter2secret]}}\nroutes: []\n", "channels.h.url"),
        ("channels: {h: {type: webhook, url: 'https://a.example', secrets: hunter2secret}}\nroutes: []\n", "channels.h.secrets"),
        ("channels: {h: {type: webhook, url: 'https://a.example', bearer_token: [hunter2secret]}}\nroutes: []\n", "bearer_token"),
        ("network: {proxy: [hunter2secret]}\n", "network.proxy"),
        ("channels: {h: {type: webhook, url: '${HOOK}'}}\nroutes: []\n", "channels.h.url"),
    ],
)
def test_no_secret_stands_in_a_complaint(text: str, key: str, complaints: Complaints) -> None:
    (words,) = complaints(text, {"HOOK": "hunter2secret"})
    assert key in words and "hunter2" not in words


def secret_places(model: type[BaseModel], above: str = "") -> Iterator[str]:
    """Where the schema has secrets, as the YAML that writes digits without quotes there."""
    for name, field in model.model_fields.items():
        kind, inside = field.annotation, ": 4155550123"
        if get_origin(kind) is dict:
            kind, inside = get_args(kind)[1], ": {h: 4155550123}"
        if kind is not None and (kind is SecretStr or SecretStr in get_args(kind)):
            yield above + name + inside + "}" * above.count("{")
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from secret_places(kind, f"{above}{name}: {{" + ("h: {" if "{h" in inside else ""))


def test_no_secret_of_the_schema_stands_in_a_complaint(complaints: Complaints) -> None:
    """A token of digits alone, without quotes, is a number to YAML and a mistake: it is not repeated."""
    places = list(secret_places(Settings))
    assert {"network: {proxy: 4155550123}", "classify: {second_opinion: {api_key: 4155550123}}"} < set(places)
    assert sum(place.startswith("channels: {h: {") for place in places) == 7
    for place in places:
        said = complaints(place + "\n")
        assert any("not shown" in line for line in said), (place, said)
        assert "4155550123" not in "\n".join(said), (place, said)


@pytest.mark.parametrize("text", ["channels: {h: hunter2secret}", "classify: {second_opinion: hunter2secret}"])
def test_a_secret_that_stands_where_its_section_should_is_not_repeated(text: str, complaints: Complaints) -> None:
    assert "hunter2" not in "\n".join(complaints(f"{text}\nroutes: []\n"))


def test_a_route_that_nothing_comes_to_is_a_notice(loading: Loading) -> None:
    found = loading("routes:\n  - {name: a, channels: [terminal]}\n  - {name: b, channels: [terminal]}\n")
    [notice] = found.origin.notices
    assert notice.endswith(
        "movewire.yaml:3: routes[1] (route 'b'): nothing comes to it: 'a' before it takes everything (continue: true?)"
    )


def test_addresses_of_feeds_are_dialled_and_each_is_polled_once(complaints: Complaints) -> None:
    told = complaints(
        "feeds:\n"
        "  - {name: a, url: 'https:///x'}\n"
        "  - {name: b, url: 'https://b.example:99999/x'}\n"
        "  - {name: c, url: 'https://a.example/x'}\n"
        "  - {name: d, url: 'https://A.example:443/x'}\n"
    )
    assert [line.partition(": found")[0] for line in told] == [f"movewire.yaml:{n}: url" for n in (2, 3, 5)]
    assert "twice (first in movewire.yaml:4)" in told[2]


def test_a_file_of_feeds_without_the_key_says_which(complaints: Complaints) -> None:
    assert complaints(feeds="- https://a.example/feed\n") == [
        "feeds.yaml:1: found no keys; expected keys and values, such as feeds:"
    ]
    assert complaints(feeds="Wire: https://a.example/feed\n") == [
        "feeds.yaml:1: Wire: found a key that does not exist; expected one of feeds"
    ]


def test_a_tier_that_is_none_is_refused(complaints: Complaints) -> None:
    assert complaints("outlet_tiers: {example.org: 7}\n") == [
        "movewire.yaml:1: outlet_tiers.example.org: found 7; expected at most 3"
    ]


def test_channels_of_ones_own_without_routes_get_everything(loading: Loading) -> None:
    found = loading("channels: {desk: {type: slack, url: 'https://hooks.slack.com/x'}, log: {type: stdout}}\n")
    assert [(route.name, route.channels) for route in found.routes] == [("everything", ("desk", "log"))]
