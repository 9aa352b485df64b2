"""What a person reads who made a mistake: file, line, key, what was found, what would be right."""

from __future__ import annotations

import pytest

from tests.settings.conftest import Complaints

# The file, then the one line it is answered with.
MISTAKES = {
    "a route where no channel is": (
        "channels: {}\nroutes:\n  - {name: all, channels: [desk]}\n",
        "movewire.yaml:3: routes[0].channels (route 'all'): found 'desk', but no channel is configured; "
        "expected one under channels (movewire.yaml:1)",
    ),
    "no channel and no route": (
        "channels: {}\n",
        "movewire.yaml:1: channels: found none; expected at least one, such as desk: {type: stdout}",
    ),
    "a collector of traces that is no address": (
        "tracing: {endpoint: 'localhost:4318'}\n",
        "movewire.yaml:1: tracing.endpoint: found 'localhost://…'; expected an http or https address, "
        "such as http://127.0.0.1:4318/v1/traces",
    ),
    "a path that no file system holds": (
        'pulse_file: "a\\0b"\n',
        "movewire.yaml:1: pulse_file: found a NUL character; expected text without one",
    ),
    "a key that does not exist, nearly right": (
        "polling:\n  min_intervl: 5m\n",
        "movewire.yaml:2: polling.min_intervl: found a key that does not exist; expected 'min_interval'",
    ),
    "a key like no other": (
        "logging:\n  wheels: 4\n",
        "movewire.yaml:2: logging.wheels: found a key that does not exist; expected one of level, style",
    ),
    "a section that does not exist": (
        "database: {}\nchanels: {}\n",
        "movewire.yaml:2: chanels: found a key that does not exist; expected 'channels'",
    ),
    "a word for a duration": (
        "polling:\n  max_interval: soon\n",
        'movewire.yaml:2: polling.max_interval: found "soon"; expected a duration such as 30s, 5m, 6h or 7d',
    ),
    "an unknown unit": (
        "polling: {host_delay: 3y}\n",
        'movewire.yaml:1: polling.host_delay: found "3y"; expected a duration such as 30s, 5m, 6h or 7d',
    ),
    "a negative duration": (
        "polling: {host_delay: -3}\n",
        "movewire.yaml:1: polling.host_delay: found -3; expected a duration such as 30s, 5m, 6h or 7d",
    ),
    "an endless duration": (
        "alerting: {max_age: .inf}\n",
        "movewire.yaml:1: alerting.max_age: found Infinity; expected a duration such as 30s, 5m, 6h or 7d",
    ),
    "a time-out of nothing": (
        "polling: {read_timeout: 0}\n",
        "movewire.yaml:1: polling.read_timeout: found 0; expected more than 0 seconds",
    ),
    "true for a duration": (
        "polling: {read_timeout: true}\n",
        "movewire.yaml:1: polling.read_timeout: found true; expected a duration such as 30s, 5m, 6h or 7d",
    ),
    "a word for a number": (
        "polling:\n\n  in_flight: many\n",
        'movewire.yaml:3: polling.in_flight: found "many"; expected a whole number',
    ),
    "a number under its bound": (
        "polling: {per_host: 0}\n",
        "movewire.yaml:1: polling.per_host: found 0; expected at least 1",
    ),
    "an address without a port": (
        "metrics: {listen: localhost}\n",
        'movewire.yaml:1: metrics.listen: found "localhost"; expected an address and a port, such as 127.0.0.1:8080',
    ),
    "a port that cannot be": (
        "metrics: {listen: '0.0.0.0:90900'}\n",
        "movewire.yaml:1: metrics.listen: found port 90900; expected 0 to 65535",
    ),
    "a second opinion of no model": (
        "classify: {second_opinion: {url: 'http://127.0.0.1:11434/v1'}}\n",
        "movewire.yaml:1: classify.second_opinion.model: found none beside a url; "
        "expected the model's name as the endpoint knows it",
    ),
    "a word for a switch": (
        "classify: {encoder: perhaps}\n",
        "movewire.yaml:1: classify.encoder: found \"perhaps\"; expected one of 'auto', 'on' or 'off'",
    ),
    "a number over its bound": (
        "classify: {threshold_move: 1.5}\n",
        "movewire.yaml:1: classify.threshold_move: found 1.5; expected at most 1",
    ),
    "a shortest interval over the longest": (
        "polling:\n  min_interval: 10h\n",
        "movewire.yaml:2: polling.min_interval: found 10h; expected at most polling.max_interval, 6h",
    ),
    "a choice that is none": (
        "logging:\n  level: loud\n",
        "movewire.yaml:2: logging.level: found \"loud\"; expected one of 'debug', 'info', 'warning' or 'error'",
    ),
    "text for true or false": (
        "channels:\n  t:\n    type: stdout\n    enabled: perhaps\nroutes: []\n",
        'movewire.yaml:4: channels.t.enabled: found "perhaps"; expected true or false',
    ),
    "a list for a section": (
        "polling: [1]\n",
        "movewire.yaml:1: polling: found a list; expected keys and values",
    ),
    "a network that is none": (
        "network:\n  allow_networks:\n    - 10.0.0.0/8\n    - 10.0.0.0/33\n",
        'movewire.yaml:4: network.allow_networks[1]: found "10.0.0.0/33"; expected a network such as 127.0.0.0/8 or fd00::/8',
    ),
    "a key given twice": (
        "logging:\n  level: info\n  level: debug\n",
        "movewire.yaml:3: logging.level: found the key twice (first in line 2); expected it once",
    ),
    "a variable that is not set": (
        'network:\n  proxy: "${NO_SUCH}"\n',
        "movewire.yaml:2: network.proxy: found ${NO_SUCH}, but the environment variable NO_SUCH is not set; "
        "expected it to be set",
    ),
    "a variable without a name": (
        "polling: {contact: '${ }'}\n",
        "movewire.yaml:1: polling.contact: found ${ }; expected the name of an environment variable, as in ${TOKEN}",
    ),
    "a channel without a type": (
        "channels:\n  t:\n    enabled: true\nroutes: []\n",
        "movewire.yaml:2: channels.t.type: is not given; expected a value",
    ),
    "a webhook without an address": (
        "channels:\n  hook: {type: webhook}\nroutes: []\n",
        "movewire.yaml:2: channels.hook.url: is not given; expected url or url_file",
    ),
    "an address that is none, not repeated because it may be a secret": (
        "channels:\n  hook:\n    type: webhook\n    url: hooks.example/T0/B0\nroutes: []\n",
        "movewire.yaml:4: channels.hook.url: found … (not shown: it may be secret); expected an http or https address",
    ),
    "an address twice over": (
        "channels:\n  hook: {type: slack, url: 'https://a.example', url_file: x}\nroutes: []\n",
        "movewire.yaml:2: channels.hook.url_file: found url_file beside url; expected one of them",
    ),
    "a signing secret that is no base64": (
        "channels:\n  hook:\n    type: webhook\n    url: https://a.example\n    secrets: [whsec_!!]\nroutes: []\n",
        "movewire.yaml:5: channels.hook.secrets: found a secret that is not base64; "
        "expected whsec_ and base64 of 16 to 128 bytes",
    ),
    "a signing secret without its prefix": (
        "channels:\n  hook: {type: webhook, url: 'https://a.example', secrets: [QUJDQUJDQUJDQUJDQUJDQUJD]}\nroutes: []\n",
        "movewire.yaml:2: channels.hook.secrets: found a secret that does not begin with whsec_; "
        "expected whsec_ and base64 of 16 to 128 bytes",
    ),
    "a signing secret too short": (
        "channels:\n  hook: {type: webhook, url: 'https://a.example', secrets: [whsec_QUJD]}\nroutes: []\n",
        "movewire.yaml:2: channels.hook.secrets: found a secret of 3 bytes; expected whsec_ and base64 of 16 to 128 bytes",
    ),
    "a header that would break the request": (
        'channels:\n  hook:\n    type: webhook\n    url: https://a.example\n    headers: {x-a: "b\\r\\nx-c: d"}\nroutes: []\n',
        "movewire.yaml:5: channels.hook.headers.x-a: found what no header may hold; "
        "expected a name and printable characters of ASCII",
    ),
    "a route to no channel": (
        "routes:\n  - name: all\n    channels: [termnal]\n",
        "movewire.yaml:3: routes[0].channels (route 'all'): found 'termnal'; expected a channel, 'terminal'",
    ),
    "a route to nowhere": (
        "routes:\n  - name: all\n    channels: []\n",
        "movewire.yaml:3: routes[0].channels (route 'all'): is not given, nor by a route around it; "
        "expected at least one channel",
    ),
    "two routes of one name": (
        "routes:\n  - {name: a, channels: [terminal]}\n  - {name: a, channels: [terminal]}\n",
        "movewire.yaml:3: routes[1].name (route 'a'): found 'a' twice (first in movewire.yaml:2); expected each name once",
    ),
    "a watchlist that is not there": (
        "routes:\n  - name: a\n    channels: [terminal]\n    match: {watchlist: [labs]}\n",
        "movewire.yaml:4: routes[0].match.watchlist (route 'a'): found 'labs', but no watchlist is configured; "
        "expected one under watchlists (movewire.yaml)",
    ),
    "a label that is none": (
        "routes:\n  - name: a\n    channels: [terminal]\n    match: {label: [moves]}\n",
        "movewire.yaml:4: routes[0].match.label[0] (route 'a'): found \"moves\"; "
        "expected one of 'executive_move' or 'infrastructure'",
    ),
    "an operator's channel that is not there": (
        "operator_channel: ops\n",
        "movewire.yaml:1: operator_channel: found 'ops'; expected a channel, one of terminal",
    ),
    "a file of feeds that is not there": (
        "logging: {}\nfeeds_file: mine.yaml\n",
        "movewire.yaml:2: feeds_file: found 'mine.yaml', which is not there; expected a file",
    ),
    "a mailbox that needs letters mail does not carry": (
        "channels:\n  post:\n    type: email\n    url: smtp://mail.example\n    sender: a@x.example\n    to: [jörg@x.example]\n"
        "routes: []\n",
        "movewire.yaml:6: channels.post.to: found 'jörg@x.example'; "
        "expected an address in ASCII (its domain as xn--…), such as desk@example.org",
    ),
    "no sender": (
        "channels:\n  post: {type: email, url: 'smtp://mail.example', to: [b@x.example]}\nroutes: []\n",
        "movewire.yaml:2: channels.post.sender: is not given; "
        "expected an address in ASCII (its domain as xn--…), such as movewire@example.org",
    ),
    "a sender in a domain of other letters": (
        "channels:\n  post: {type: email, url: 'smtp://mail.example', sender: a@müll.example, to: [b@x.example]}\nroutes: []\n",
        "movewire.yaml:2: channels.post.sender: found 'a@müll.example'; "
        "expected an address in ASCII (its domain as xn--…), such as movewire@example.org",
    ),
    "a sender no header can hold": (
        "channels:\n  post: {type: email, url: 'smtp://mail.example', sender: a..b@x.example, to: [b@x.example]}\nroutes: []\n",
        "movewire.yaml:2: channels.post.sender: found 'a..b@x.example'; "
        "expected an address in ASCII (its domain as xn--…), such as movewire@example.org",
    ),
    "a login smtp cannot say": (
        "channels:\n  post: {type: email, url: 'smtp://u:p%C3%A4ss@mail.example', sender: a@x.example, to: [b@x.example]}\n"
        "routes: []\n",
        "movewire.yaml:2: channels.post.url: found a login with other characters than ASCII's (not shown); expected one in ASCII",
    ),
    "a port that is none": (
        "channels:\n  post: {type: email, url: 'smtp://m.example:99999', sender: a@x.example, to: [b@x.example]}\nroutes: []\n",
        "movewire.yaml:2: channels.post.url: found a port that is none (not shown: it may be secret); "
        "expected a number from 1 to 65535",
    ),
    "a word for a port": (
        "channels:\n  post: {type: email, url: 'smtp+plain://u:p@127.0.0.1:abc', sender: a@x.example, to: [b@x.example]}\n"
        "routes: []\n",
        "movewire.yaml:2: channels.post.url: found a port that is none (not shown: it may be secret); "
        "expected a number from 1 to 65535",
    ),
    "a receiver at no port": (
        "channels:\n  hook: {type: webhook, url: 'http://127.0.0.1:99999/'}\nroutes: []\n",
        "movewire.yaml:2: channels.hook.url: found a port that is none (not shown: it may be secret); "
        "expected a number from 1 to 65535",
    ),
    "a header in other letters than a header's": (
        "channels:\n  hook:\n    type: webhook\n    url: https://a.example\n    headers: {x-a: Zürich ✓}\nroutes: []\n",
        "movewire.yaml:5: channels.hook.headers.x-a: found what no header may hold; "
        "expected a name and printable characters of ASCII",
    ),
    "a token in other letters than a header's": (
        "channels:\n  hook: {type: webhook, url: 'https://a.example', bearer_token: ü✓}\nroutes: []\n",
        "movewire.yaml:2: channels.hook.bearer_token: found what no header may hold (not shown); "
        "expected printable characters of ASCII",
    ),
    "a bot's token in other letters than a header's": (
        "channels:\n  desk: {type: slack, token: xoxb-ü, channel: C0123456789}\nroutes: []\n",
        "movewire.yaml:2: channels.desk.token: found what no header may hold (not shown); expected printable characters of ASCII",
    ),
    "a contact in other letters than a header's": (
        "polling: {contact: Jörg}\n",
        "movewire.yaml:1: polling.contact: found 'Jörg'; expected printable characters of ASCII",
    ),
    "a key of a second opinion in other letters than a header's": (
        "classify: {second_opinion: {url: 'http://127.0.0.1/v1', model: m, api_key: ü}}\n",
        "movewire.yaml:1: classify.second_opinion.api_key: found what no header may hold (not shown); "
        "expected printable characters of ASCII",
    ),
    "a second opinion from no port": (
        "classify: {second_opinion: {url: 'http://127.0.0.1:x/v1', model: m}}\n",
        "movewire.yaml:1: classify.second_opinion.url: found 'http://127.0.0.1:x/v1'; expected an http or https address",
    ),
    "a proxy of a kind that is not spoken": (
        "network: {proxy: 'socks9://x'}\n",
        "movewire.yaml:1: network.proxy: found … (not shown: it may be secret); "
        "expected an http or https address, such as http://proxy.example:3128",
    ),
    "a proxy at no port": (
        "network: {proxy: 'http://proxy.example:99999'}\n",
        "movewire.yaml:1: network.proxy: found … (not shown: it may be secret); "
        "expected an http or https address, such as http://proxy.example:3128",
    ),
    "a channel at a host that is no name": (
        "channels:\n  hook: {type: webhook, url: 'https://hooks..example/T0'}\nroutes: []\n",
        "movewire.yaml:2: channels.hook.url: found a host that is no name (not shown: it may be secret); "
        "expected one such as hooks.example.org",
    ),
    "a mail server at a host that is no name": (
        "channels:\n  post: {type: email, url: 'smtp://mail..example', sender: a@x.example, to: [b@x.example]}\nroutes: []\n",
        "movewire.yaml:2: channels.post.url: found a host that is no name (not shown: it may be secret); "
        "expected one such as hooks.example.org",
    ),
    "a secret's file that is not there": (
        "channels:\n  hook:\n    type: slack\n    url_file: /nowhere/url\nroutes: []\n",
        "movewire.yaml:4: channels.hook.url_file: found '/nowhere/url', which cannot be read (No such file or directory); "
        "expected a file with the secret",
    ),
    "a tag that would make an object": (
        "database: !!python/object:os.system {}\n",
        "movewire.yaml:1: database: found the tag 'tag:yaml.org,2002:python/object:os.system'; expected a value without one",
    ),
    "no keys at all": (
        "just words\n",
        "movewire.yaml:1: found no keys; expected keys and values, such as polling:",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_said_with_its_place_and_what_would_be_right(mistake: str, complaints: Complaints) -> None:
    text, expected = MISTAKES[mistake]
    assert complaints(text) == [expected]
