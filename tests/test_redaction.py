"""Secrets go in by every door of the settings, and come out by none: not in logs, errors, answers, pages or the database."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
import yaml
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor import log
from monitor.app import open_app
from monitor.settings import load
from monitor.surfaces.api import create_app
from monitor.surfaces.cli import main
from tests.outboxes import deliver, put
from tests.servers import Asked, LocalServer, Reply, local_server

WORD = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", min_size=14, max_size=40)
NAMES = (
    "path",
    "query",
    "bearer",
    "header",
    "token",
    "signing",
    "app",
    "mail",
    "discord",
    "teams",
    "apprise",
    "proxy",
    "database",
)


@pytest.fixture(scope="module")
def net() -> Iterator[LocalServer]:
    """A receiver that says everything it was told, as badly written ones do in their errors."""

    def tell(asked: Asked) -> Reply:
        told = json.dumps({"path": asked.path, "headers": dict(asked.headers), "url": f"{server.url}{asked.path}"})
        return Reply(500, told.encode() + asked.path.encode())

    with local_server() as server:
        server.fallback = tell
        yield server


def configuration(net: LocalServer, folder: Path, secret: dict[str, str]) -> dict[str, Any]:
    signing = "whsec_" + base64.b64encode(secret["header"].encode().ljust(16)[:60]).decode()
    return {
        "database": {"url": f"sqlite:///{folder}/m.db"},
        "network": {"allow_networks": ["127.0.0.0/8"]},
        "channels": {
            "hook": {
                "type": "webhook",
                "url": f"{net.url}/{secret['path']}/x?key={secret['query']}",
                "bearer_token": secret["bearer"],
                "headers": {"x-key": secret["header"]},
                "secrets": [signing],
            },
            "room": {
                "type": "slack",
                "token": f"xoxb-{secret['token']}",
                "channel": "C0123456789",
                "signing_secret": secret["signing"],
                "app_token": secret["app"],
                "api_url": f"{net.url}/api/",
            },
            "post": {
                "type": "email",
                "url": f"smtp+plain://user:{secret['mail']}@127.0.0.1:1",
                "sender": "a@b.example",
                "to": ["c@d.example"],
            },
            "guild": {"type": "discord", "url": f"{net.url}/api/webhooks/1/{secret['discord']}"},
            "staff": {"type": "teams", "url": f"{net.url}/workflows/1?sig={secret['teams']}"},
            "gone": {"type": "webhook", "url": f"http://127.0.0.1:1/{secret['apprise']}"},
        },
        "routes": [{"name": "all", "channels": ["hook", "room", "post", "guild", "staff", "gone"]}],
        "feeds_file": "none.yaml",
    }


def told_by(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(list(args))
    out, err = capsys.readouterr()
    return out + err


def nothing_comes_out(
    net: LocalServer, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    """A second run with mistakes shows what is said of settings that do not do."""
    secret = {name: f"{name}Zq{word}" for name, word in zip(NAMES, words, strict=True)}  # (no word of the language by chance)
    folder = tmp_path_factory.mktemp("secrets")
    told = configuration(net, folder, secret)
    (folder / "none.yaml").write_text("feeds: []\n")
    config = folder / "movewire.yaml"
    config.write_text(yaml.safe_dump(told))
    given_ = ("--config", str(config))
    read = load(config, {})
    out = repr(read) + str(read.model_dump()) + read.model_dump_json()
    with open_app(read) as app:
        capsys.readouterr()
        log.configure("debug", "json")
        put(app, 1, *told["channels"])
        deliver(app, 60)
        out += repr(app.notifiers)
        with TestClient(create_app(app), base_url="http://127.0.0.1:8080") as client:
            paths = client.get("/openapi.json").json()["paths"]
            routes = [path for path in paths if "{" not in path and not path.endswith("/stream")]  # (which never ends)
            out += "".join(client.get(path).text for path in (*routes, "/", "/docs", "/nowhere"))
    logging.getLogger("a library").warning("posting to %s", f"{net.url}/{secret['path']}/x?key={secret['query']}")
    structlog.get_logger().error("it broke", url=f"{net.url}/{secret['path']}", exc_info=ValueError(secret["bearer"]))
    log.last_words(ValueError, ValueError(f"cannot say {secret['discord']}"), None)
    out += "".join(capsys.readouterr())
    assert "delivery failed" in out
    for command in ("config show", "config check", "channels list --format json", "deliveries list --format json", "db stats"):
        out += told_by(capsys, "-v", *given_, *command.split())
    for one in json.loads(told_by(capsys, *given_, "deliveries", "list", "--format", "json")):
        out += told_by(capsys, "-v", *given_, "deliveries", "show", one["id"])
    for name in told["channels"]:
        out += told_by(capsys, "-v", *given_, "channels", "test", name)
    out += "".join(path.read_bytes().decode("latin-1") for path in folder.glob("m.db*"))
    told["database"]["url"] = f"postgresql://user:{secret['database']}@127.0.0.1:1/x"
    told["network"]["proxy"] = f"http://user:{secret['proxy']}@127.0.0.1:1/"
    config.write_text(yaml.safe_dump(told))
    out += told_by(capsys, *given_, "config", "show") + told_by(capsys, *given_, "alerts")
    mistakes: dict[str, Any] = {
        "hook": {"url": f"gopher://{secret['path']}", "secrets": [secret["query"]], "timeout": "soon"},
        "room": {"channel": "#desk", "token": [secret["token"]], "signing_secret": {"x": secret["signing"]}},
        "guild": {"url": f"{secret['discord']}", "urll": secret["teams"]},
    }
    for name, options in mistakes.items():
        told["channels"][name] |= options
    config.write_text(yaml.safe_dump(told))
    wrong = told_by(capsys, *given_, "config", "check")
    assert "channels.hook" in wrong
    found = [name for name, word in secret.items() if word in out + wrong]
    where = {name: (out + wrong)[max((out + wrong).index(secret[name]) - 300, 0) :][:400] for name in found}
    assert where == {}, "it came out here"


def often(examples: int) -> Any:
    """A law held against so many sets of secrets."""
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    chosen = st.lists(WORD, min_size=len(NAMES), max_size=len(NAMES), unique=True)
    return lambda law: settings(max_examples=examples, deadline=None, suppress_health_check=quiet)(given(words=chosen)(law))


test_no_secret_ever_comes_out = often(1)(nothing_comes_out)
test_no_secret_of_many_ever_comes_out = pytest.mark.slow(often(4)(nothing_comes_out))


def test_a_fault_nobody_foresaw_is_shown_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    log.hide("a-very-long-secret")
    log.last_words(ValueError, ValueError("it holds a-very-long-secret"), None)
    told = capsys.readouterr().err
    assert "it holds …" in told and "a-very-long" not in told
