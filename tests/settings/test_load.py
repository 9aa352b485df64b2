"""Environment over file, secrets, registries and durations: what the settings are made of."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from monitor import log
from monitor.app import unknown
from monitor.errors import SettingsError
from monitor.settings import Settings, load
from monitor.settings.base import parse_duration, write_duration
from monitor.settings.named import Named, channel_types, sources
from tests.settings.conftest import Complaints, Loading

WEBHOOK = "channels:\n  hook: {type: webhook, url: 'https://a.example/in'}\nroutes:\n  - {name: all, channels: [hook]}\n"


# -- environment over file


@pytest.mark.parametrize(
    ("name", "value", "path", "expected"),
    [
        ("MOVEWIRE__POLLING__MIN_INTERVAL", "10m", ("polling", "min_interval"), timedelta(minutes=10)),
        ("movewire__polling__min_interval", "10m", ("polling", "min_interval"), timedelta(minutes=10)),
        ("MOVEWIRE__POLLING__HOST_DELAY", "2", ("polling", "host_delay"), timedelta(seconds=2)),
        ("MOVEWIRE__POLLING__IN_FLIGHT", "7", ("polling", "in_flight"), 7),
        ("MOVEWIRE__CLASSIFY__THRESHOLD_MOVE", "0.7", ("classify", "threshold_move"), 0.7),
        ("MOVEWIRE__DATABASE__URL", "sqlite:///b.db", ("database", "url"), "sqlite:///b.db"),
        ("MOVEWIRE__DATABASE", '{"url": "sqlite:///c.db"}', ("database", "url"), "sqlite:///c.db"),
        ("MOVEWIRE__CHANNELS__HOOK__ENABLED", "false", ("channels", "Hook", "enabled"), False),
        ("MOVEWIRE__OPERATOR_CHANNEL", "Hook", ("operator_channel",), "Hook"),
        ("MOVEWIRE__FEEDS", '[{"name": "E", "url": "https://e.example"}]', ("feeds", 0, "name"), "E"),
    ],
)
def test_the_environment_wins_over_the_file(
    name: str, value: str, path: tuple[Any, ...], expected: object, loading: Loading
) -> None:
    text = "database: {url: 'sqlite:///a.db'}\n" + WEBHOOK.replace("hook", "Hook").replace("type: webHook", "type: webhook")
    found: Any = loading(text, {name: value})
    for part in path:
        found = getattr(found, part) if isinstance(found, BaseModel) else found[part]
    assert found == expected


def test_a_list_in_the_environment_is_json(loading: Loading, complaints: Complaints) -> None:
    name = "MOVEWIRE__NETWORK__ALLOW_NETWORKS"
    assert str(loading("", {name: '["10.0.0.0/8"]'}).network.allow_networks[0]) == "10.0.0.0/8"
    assert complaints("", {name: "10.0.0.0/8"}) == [
        f"environment {name}: found what is no JSON; expected JSON for lists and mappings, as in '[\"127.0.0.0/8\"]'"
    ]


def test_a_mistake_in_a_variable_names_the_variable(complaints: Complaints) -> None:
    assert complaints("", {"MOVEWIRE__POLLING__MIN_INTERVL": "5m"}) == [
        "environment MOVEWIRE__POLLING__MIN_INTERVL: polling.min_intervl: found a key that does not exist; "
        "expected 'min_interval'"
    ]
    assert complaints(WEBHOOK, {"MOVEWIRE__CHANNELS__HOOK__TIMEOUT": "long"}) == [
        'environment MOVEWIRE__CHANNELS__HOOK__TIMEOUT: channels.hook.timeout: found "long"; '
        "expected a duration such as 30s, 5m, 6h or 7d"
    ]


def test_a_variable_with_one_underscore_too_few_is_noticed(loading: Loading) -> None:
    found = loading("", {"MOVEWIRE_POLLING__MIN_INTERVAL": "10m", "MOVEWIRE_CONFIG": "x", "MOVEWIRE_TOKEN": "y"})
    assert found.origin.notices == (
        "environment MOVEWIRE_POLLING__MIN_INTERVAL: is not read; options begin with MOVEWIRE__ (two underscores)",
    )
    [told] = loading("", {"MOVEWIRE_DATABASE_URL": "sqlite:///a.db", "MOVEWIRE_SHARED": "x"}).origin.notices
    assert told.endswith("(two underscores), and have two before each key, as in MOVEWIRE__DATABASE__URL")


def test_variables_are_put_into_values_and_take_their_type(loading: Loading) -> None:
    found = loading(
        "polling: {in_flight: '${N}', contact: '${USER_NAME}@${HOST}'}\n"
        "channels: {hook: {type: webhook, url: '${URL}', headers: {x-key: '${KEY}'}}}\nroutes: []\n",
        {"N": "9", "USER_NAME": "desk", "HOST": "a.example", "URL": "https://a.example/in", "KEY": "k: [1]"},
    )
    assert found.polling.in_flight == 9 and found.polling.contact == "desk@a.example"
    assert found.channels["hook"].url is not None and found.channels["hook"].url.get_secret_value() == "https://a.example/in"
    assert found.channels["hook"].headers["x-key"].get_secret_value() == "k: [1]"


# -- secrets


def test_secrets_come_from_files_and_never_reach_a_log_line_or_a_dump(loading: Loading, tmp_path: Path) -> None:
    secret, other, url = "whsec_" + "QUJD" * 8, "whsec_" + "REVG" * 8, "https://a.example/very-secret-path"
    (tmp_path / "url").write_text(f"{url}\n")
    (tmp_path / "keys").write_text(f"{secret}\n{other}\n")
    for name in ("url", "keys"):
        (tmp_path / name).chmod(0o600)
    found = loading("channels: {hook: {type: webhook, url_file: url, secrets_file: keys}}\nroutes: []\n")
    hook = found.channels["hook"]
    assert hook.url is not None and hook.url.get_secret_value() == url
    assert [s.get_secret_value() for s in hook.secrets] == [secret, other]
    assert found.origin.notices == ()
    assert url not in log.clean(f"asking {url}") and secret not in log.clean(secret)
    assert url not in repr(found) and url not in json.dumps(found.model_dump(mode="json"))


def test_a_route_s_figures_are_written_as_in_searches(loading: Loading) -> None:
    """YAML has no 5bn, and takes 5e9 for a text."""
    for amount, capacity in (("5bn", "1.2GW"), ("5e9", "1200"), ("$5,000,000,000", "1200 MW"), ("5.0e9", "1200.0")):
        match = f"{{amount_at_least: '{amount}', unless: {{capacity_at_least: {capacity}}}}}"
        found = loading(f"routes:\n  - {{name: a, channels: [terminal], match: {match}}}\n").routes[0].match
        assert found.unless and (found.amount_at_least, found.unless.capacity_at_least) == (5e9, 1200.0)


def test_a_secret_that_others_can_read_is_noticed(loading: Loading, tmp_path: Path) -> None:
    (tmp_path / "url").write_text("https://a.example/in\n")
    (tmp_path / "url").chmod(0o644)
    found = loading("channels:\n  hook:\n    type: slack\n    url_file: url\nroutes: []\n")
    (notice,) = found.origin.notices
    assert notice.replace(f"{tmp_path}/", "") == (
        "movewire.yaml:4: channels.hook.url_file: url can be read or changed by other users; `chmod 600 url` closes it"
    )


def test_an_empty_secret_file_is_a_mistake(complaints: Complaints, tmp_path: Path) -> None:
    (tmp_path / "url").touch(mode=0o600)
    (words,) = complaints("channels: {hook: {type: slack, url_file: url}}\nroutes: []\n")
    assert "which is empty; expected a file with the secret" in words


# -- what the registries know


def test_an_unknown_kind_of_channel_or_feed_is_said_with_its_line(loading: Loading, tmp_path: Path) -> None:
    found = loading(
        "channels:\n  desk:\n    type: slak\nroutes: []\n",
        feeds="feeds:\n  - {name: A, url: 'https://a.example'}\n  - name: B\n    url: https://b.example\n    source: atm\n",
    )
    [channel] = channel_types(Named.of(found), ("stdout", "slack"))
    assert channel == f"{tmp_path}/movewire.yaml:3: channels.desk.type: found 'slak'; expected 'slack'"
    [feed] = sources(Named.of(found), ("syndication", "atom"))
    assert feed == f"{tmp_path}/feeds.yaml:5: feed 'B': source: found 'atm'; expected 'atom'"


def test_of_a_right_feed_two_places_are_kept(loading: Loading, tmp_path: Path) -> None:
    """Those of each key of ten thousand feeds took as much as the feeds."""
    found = loading(
        "channels:\n  desk:\n    type: stdout\n",
        feeds="feeds:\n  - name: A\n    url: https://a.example\n    source: edgar\n    category: press\n",
    )
    assert [path for path in found.origin.places if len(path) > 1 and path[0] == "feeds"] == [
        ("feeds", 0),
        ("feeds", 0, "source"),
    ]
    assert found.origin.where(("feeds", 0, "url")) == f"{tmp_path}/feeds.yaml:2"
    assert found.origin.where(("channels", "desk", "type")) == f"{tmp_path}/movewire.yaml:3"


def test_what_only_registries_know_is_told_in_the_round_of_the_other_mistakes(tmp_path: Path) -> None:
    """Of sections, channels and feeds with mistakes of their own too; and what sections say of themselves all the same."""
    (tmp_path / "movewire.yaml").write_text(
        "database: {url: nonsense}\n"
        "classify: {classifier: cascad, threshold_move: 7}\n"
        "channels:\n  desk: {type: slak, bogus: 1}\n  hook: {type: webhok, url: 'https://a.example/in'}\n"
        "routes:\n  - {name: all, channels: [hok]}\n  - {name: none}\n"
        "polling: {min_interval: 7h}\n"
        "logging: {level: loud}\n"
    )
    (tmp_path / "feeds.yaml").write_text("feeds:\n  - {name: B, url: 'https://b.example', source: atm, odd: 1}\n")
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "movewire.yaml", {}, also=unknown)
    told = [problem.replace(f"{tmp_path}/", "").partition(": found")[0] for problem in caught.value.problems]
    assert told == [
        "movewire.yaml:1: database.url",
        "movewire.yaml:2: classify.threshold_move",
        "movewire.yaml:2: classify.classifier",
        "movewire.yaml:4: channels.desk.bogus",
        "movewire.yaml:4: channels.desk.type",
        "movewire.yaml:5: channels.hook.type",
        "movewire.yaml:7: routes[0].channels (route 'all')",
        "movewire.yaml:8: routes[1].channels (route 'none'): is not given, nor by a route around it; "
        "expected at least one channel",
        "movewire.yaml:9: polling.min_interval",
        "movewire.yaml:10: logging.level",
        "feeds.yaml:2: feeds[0].odd",
        "feeds.yaml:2: feed 'B': source",
    ]


def test_settings_made_in_code_have_no_place_and_are_equal_to_those_read(loading: Loading) -> None:
    made = Settings.model_validate({"channels": {"x": {"type": "y"}}, "routes": []})
    assert list(channel_types(Named.of(made), ("stdout",))) == ["channels.x.type: found 'y'; expected one of stdout"]
    assert loading("channels: {x: {type: y}}\nroutes: []\n") == made


# -- durations


@given(st.integers(1, 10**9))
def test_a_duration_written_is_the_duration_read(seconds: int) -> None:
    assert parse_duration(write_duration(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("500ms", 0.5), ("90s", 90), ("1.5h", 5400), ("2w", 1209600), (5, 5), (0.5, 0.5), ("30", 30), (" 5 m ", 300)],
)
def test_durations_are_read(written: str | float, seconds: float) -> None:
    assert parse_duration(written) == timedelta(seconds=seconds)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted(Settings.model_fields)) | st.text(),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        ),
    )
)
def test_whatever_stands_in_the_file_is_settings_or_a_mistake_and_no_crash(
    tmp_path_factory: pytest.TempPathFactory, data: Any
) -> None:
    path = tmp_path_factory.mktemp("any") / "movewire.yaml"
    for name in ("feeds", "watchlists", "outlets"):  # the shipped ones cost a tenth of a second each time
        path.with_name(f"{name}.yaml").touch()
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    try:
        load(path, {})
    except SettingsError as error:
        assert error.problems and all("\n" not in p for p in error.problems)
