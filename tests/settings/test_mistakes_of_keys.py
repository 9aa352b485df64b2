"""Keys and variables as people get them wrong: names of their own, other words, quotes and tabs left out or put in."""

from __future__ import annotations

import pytest

from tests.settings.conftest import Complaints

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
