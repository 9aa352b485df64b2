"""Keys and variables as people get them wrong: names of their own, other words, quotes and tabs left out or put in."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import SettingsError
from monitor.notify import NOTIFIERS
from monitor.settings import load
from monitor.settings.check_channels import TAKEN, takes
from monitor.settings.schema import Channel
from tests.settings.conftest import Complaints, Loading

MISTAKES = {
    "a key that begins with a capital": (
        "Polling: {min_interval: 5m}\n",
        "movewire.yaml:1: Polling: found a key that does not exist; expected 'polling'",
    ),
    "a mistake below a name that begins with a capital": (
        "channels:\n  Desk:\n    type: stdout\n    rate_per_second: fast\nroutes: []\n",
        'movewire.yaml:4: channels.Desk.rate_per_second: found "fast"; expected a number',
    ),
    "a key that does not exist below such a name": (
        "channels:\n  Desk: {type: slack, url: 'https://a.example', secret: x}\nroutes: []\n",
        "movewire.yaml:2: channels.Desk.secret: found a key that does not exist; expected 'secrets'",
    ),
    "a mistake below a name with brackets": (
        "outlet_tiers: {'Wire [US]': 7}\n",
        "movewire.yaml:1: outlet_tiers.Wire [US]: found 7; expected at most 3",
    ),
    "another word for the sender": (
        "channels: {post: {type: email, url: 'smtp://a.example', sender: a@b.example, to: [a@b.example], from: a@b.example}}\n",
        "movewire.yaml:1: channels.post.from: found a key that does not exist; expected 'sender'",
    ),
    "an address for a channel that has none": (
        "channels:\n  out:\n    type: stdout\n    url: 'ftp://hunter2secret.example'\n",
        "movewire.yaml:4: channels.out.url: found a key that no channel of type stdout takes; "
        "expected only enabled, format, rate_per_second, timeout and type",
    ),
    "a file of secrets for a service that signs nothing": (
        "channels:\n  room:\n    type: discord\n    url: 'https://a.example/in'\n    bearer_token: x\n",
        "movewire.yaml:5: channels.room.bearer_token: found a key that no channel of type discord takes; "
        "expected only enabled, rate_per_second, timeout, type, url and url_file",
    ),
    "a port alone": (
        "server: {listen: 8080}\n",
        "movewire.yaml:1: server.listen: found 8080; expected an address and a port, such as 127.0.0.1:8080",
    ),
    "a secret whose variable is not set, of which nothing more can be said": (
        "channels:\n  desk: {type: slack, url: '${NO_SUCH}'}\n",
        "movewire.yaml:2: channels.desk.url: found ${NO_SUCH}, but the environment variable NO_SUCH is not set; "
        "expected it to be set",
    ),
    "a bot's token whose variable is not set": (
        "channels:\n  room: {type: slack, token: '${NO_SUCH}', channel: C0123456789}\n",
        "movewire.yaml:2: channels.room.token: found ${NO_SUCH}, but the environment variable NO_SUCH is not set; "
        "expected it to be set",
    ),
    "a quote that is not closed, which YAML finds at the end of the file": (
        'polling:\n  contact: "desk@example.org\nlogging:\n  level: info\n',
        "movewire.yaml:5: found what is no YAML (while scanning a quoted scalar that begins in line 2, found unexpected end of "
        "stream); expected valid YAML",
    ),
    "a fraction of a request": (
        "polling: {in_flight: 5.5}\n",
        "movewire.yaml:1: polling.in_flight: found 5.5; expected a whole number",
    ),
    "a variable within braces without quotes": (
        "channels:\n  desk: {type: slack, url: ${SLACK}}\n",
        "movewire.yaml:2: found what is no YAML (while parsing a flow mapping, did not find expected ',' or '}'); "
        'expected quotes round a variable within braces, as in {url: "${NAME}"}',
    ),
    "a tab before a key": (
        "polling:\n\tmin_interval: 5m\n",
        "movewire.yaml:2: found what is no YAML (while scanning for the next token, found character that cannot start any "
        "token); expected spaces where a tab stands",
    ),
    "a channel with nothing below it": (
        "channels:\n  desk:\nroutes: []\n",
        "movewire.yaml:2: channels.desk: found null; expected keys and values",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_said_with_its_place_and_what_would_be_right(mistake: str, complaints: Complaints) -> None:
    text, expected = MISTAKES[mistake]
    assert complaints(text) == [expected]


def test_a_variable_of_a_channel_that_is_set_to_nothing_is_named(complaints: Complaints) -> None:
    """And nothing else is said of the value, as where it is not set at all."""
    text = "channels:\n  desk: {type: slack, url: '${DESK}'}\n  room: {type: slack, token: '${ROOM}', channel: C0123456789}\n"
    assert complaints(text, {"DESK": "", "ROOM": " "}) == [
        "movewire.yaml:2: channels.desk.url: found ${DESK}, which is empty in the environment; expected it to be set",
        "movewire.yaml:3: channels.room.token: found ${ROOM}, which is empty in the environment; expected it to be set",
    ]


def test_a_variable_that_makes_something_else_of_a_value_is_named(complaints: Complaints) -> None:
    """A list has no parts by number: it is given whole, as JSON."""
    assert complaints("routes: []\n", {"MOVEWIRE__ROUTES__0__NAME": "all"}) == [
        "environment MOVEWIRE__ROUTES__0__NAME: routes: found keys and values; expected a list"
    ]


def test_a_file_that_is_not_utf_8_is_told_with_the_line(tmp_path: Path) -> None:
    (tmp_path / "movewire.yaml").write_bytes("polling:\n  contact: müller\n".encode("latin-1"))
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "movewire.yaml", {})
    assert caught.value.problems == [f"{tmp_path}/movewire.yaml:2: found bytes that are not UTF-8; expected a YAML file in UTF-8"]


def test_a_domain_that_no_address_has_is_refused(complaints: Complaints) -> None:
    """It would never be found, and its masthead stay of the third tier without a word."""
    assert complaints(outlets="outlets:\n  - name: The Quill\n    domains: [quill.example, 'https://quill.example/']\n") == [
        "outlets.yaml:3: outlets[0].domains[1]: found 'https://quill.example/…'; expected a host name without scheme and port, "
        "such as example.org"
    ]


def test_a_masthead_of_two_tiers_is_refused(complaints: Complaints, loading: Loading) -> None:
    twice = "outlets:\n  - {name: The Quill, domains: [quill.example], tier: 1}\n  - {name: Quill.example, tier: %d}\n"
    assert complaints(outlets=twice % 2) == [
        "outlets.yaml:3: outlets[1].name: found 'Quill.example' of tier 2, and of tier 1 in outlets.yaml:2; expected one tier"
    ]
    assert loading(outlets=twice % 1).outlet_tiers["quill.example"] == 1


def test_keys_that_a_type_does_not_take_are_said_once_each_and_nothing_of_them_is_shown(
    complaints: Complaints, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("hunter2secret")
    found = complaints(
        "channels:\n"
        "  out:\n    type: stdout\n    url_file: secret\n    to: [hunter2secret]\n    token: null\n"
        "  post:\n    type: email\n    url: smtp://a.example\n    sender: a@b.example\n    to: [a@b.example]\n"
        "    secrets: [hunter2secret]\n"
    )
    keys = [line.split(": found")[0] for line in found if "that no channel of type" in line]
    assert keys == [
        "movewire.yaml:4: channels.out.url_file",
        "movewire.yaml:5: channels.out.to",
        "movewire.yaml:12: channels.post.secrets",
    ]
    assert len(found) == 3 and "hunter2secret" not in "".join(found)


def test_of_a_type_that_is_not_known_nobody_says_which_keys_it_takes(loading: Loading) -> None:
    """(The registry says that it is none.)"""
    assert loading("channels: {out: {type: stdoot, url: 'https://a.example'}}\n").channels


def test_every_key_of_a_channel_is_one_that_some_type_takes() -> None:
    assert set(Channel.model_fields) == set().union(*(takes(kind) for kind in NOTIFIERS))
    assert TAKEN.keys() == NOTIFIERS.keys()
