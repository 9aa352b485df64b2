"""The recipes of docs/extending.md, followed to the letter in a copy of the package."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import Reply, local_server

ROOT = Path(__file__).parents[2]
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://wire.example/a</loc><news:news><news:publication><news:name>Sample Wire</news:name></news:publication>
<news:publication_date>2026-05-04T08:30:00Z</news:publication_date>
<news:title>Orrin &amp; Vale names Tess Marlow chief executive</news:title></news:news></url>
<url><loc>https://wire.example/about</loc></url></urlset>"""

ADDED = (  # folder, its registry, module, class; as the recipes come in the document
    ("sources", "SOURCES", "sitemap", "Sitemap"),
    ("classify", "CLASSIFIERS", "watched", "Watched"),
    ("notify", "NOTIFIERS", "ntfy", "Ntfy"),
    ("surfaces/api", "ROUTERS", "ticker", ""),
)
ASKS = """
import sys
from pathlib import Path
from fastapi.testclient import TestClient
import monitor
from monitor.surfaces.api import create_app
from tests.api.conftest import filled

assert Path(monitor.__file__).is_relative_to(Path.cwd()), "the copy, with what was added"
with filled(Path(sys.argv[1]), allowed_hosts=("testserver",)) as app:
    client = TestClient(create_app(app))
    for words in ("label=infrastructure", "labels=infrastructure"):
        answer = client.get(f"/api/v1/ticker?{words}")
        print(answer.status_code, answer.headers["content-type"], answer.text.count("\\n"))
    print(*client.get("/openapi.json").json()["paths"]["/api/v1/ticker"]["get"]["responses"])
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package with what the recipes add: for each a module, one line in its registry and its import."""
    shutil.copytree(ROOT / "monitor", tmp_path / "monitor", ignore=shutil.ignore_patterns("__pycache__", "data", "static"))
    (tmp_path / "monitor/surfaces/web/static").symlink_to(ROOT / "monitor/surfaces/web/static")
    (tmp_path / "monitor/classify/data").symlink_to(ROOT / "monitor/classify/data")
    shutil.copytree(ROOT / "config", tmp_path / "config")
    text = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
    recipes = [*re.findall(r"```python\n(.*?)```", text, re.S), *(f"    {line}\n" for line in re.findall("`(Mount.*?,)`", text))]
    for (folder, members, name, kind), module, line in zip(ADDED, recipes[::2], recipes[1::2], strict=True):
        (tmp_path / f"monitor/{folder}/{name}.py").write_text(module)
        registry = tmp_path / f"monitor/{folder}/__init__.py"
        before, mark, after = registry.read_text().partition(f"\n{members}: ")
        head, opening, rest = re.split(r"( = [{(]\n)", after, maxsplit=1)
        of, what = (f".{name}", kind) if kind else ("", name)
        made = f"from monitor.{folder.replace('/', '.')}{of} import {what}"
        assert mark
        registry.write_text(f"{before}\n{made}\n{mark}{head}{opening}{line}{rest}")
    return tmp_path


def movewire(package: Path, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "monitor", *args]
    environ = os.environ | {"PYTHONPATH": str(package)}
    return subprocess.run(command, cwd=package, input=stdin, capture_output=True, text=True, timeout=60, env=environ, check=False)


@pytest.mark.slow
def test_a_fifth_source_by_the_recipe_reads_its_documents_and_refuses_others(package: Path) -> None:
    read = movewire(package, "feeds", "parse", "-", "--source", "sitemap", stdin=SITEMAP)
    assert read.returncode == 0, read.stderr
    [entry] = json.loads(read.stdout)["entries"]
    assert (entry["title"], entry["link"], entry["outlet"]) == (
        "Orrin & Vale names Tess Marlow chief executive",
        "https://wire.example/a",
        "Sample Wire",
    )
    page = movewire(package, "feeds", "parse", "-", "--source", "sitemap", stdin="<html><title>Hello</title></html>")
    assert page.returncode == 1
    assert "a web page" in page.stderr


@pytest.mark.slow
def test_a_second_classifier_by_the_recipe_is_given_the_watchlists(package: Path) -> None:
    (package / "config/movewire.yaml").write_text(
        "classify: {classifier: watched}\nwatchlists: {ours: {people: [Tess Marlow]}}\n", encoding="utf-8"
    )
    flagged = json.loads(movewire(package, "explain", "Tess Marlow joins Orrin & Vale", "--format", "json").stdout)
    assert flagged["labels"] == ["executive_move"] and flagged["moves"][0]["person"] == "Tess Marlow"
    other = movewire(package, "explain", "Tess Marlow likes tea", "--format", "json")
    assert json.loads(other.stdout)["labels"] == [], other.stderr


@pytest.mark.slow
def test_an_eighth_channel_by_the_recipe_sends_what_is_to_be_said(package: Path) -> None:
    with local_server() as server:
        server.routes["/topic"] = lambda _: Reply(200, b"{}")
        (package / "config/movewire.yaml").write_text(
            f"channels: {{phone: {{type: ntfy, url: '{server.url}/topic'}}}}\nnetwork: {{allow_networks: [127.0.0.0/8]}}\n"
        )
        told = movewire(package, "channels", "test", "phone")
        assert (told.returncode, told.stderr.strip()) == (0, "channel phone: delivered"), told.stderr
        [request] = server.asked
    assert request.body.decode().startswith("Movewire: this is a test message.")


@pytest.mark.slow
def test_a_surface_by_the_recipe_answers_in_the_filter_language(package: Path, tmp_path: Path) -> None:
    environ = os.environ | {"PYTHONPATH": f"{package}{os.pathsep}{ROOT}"}
    (folder := tmp_path / "filled").mkdir()
    command = [sys.executable, "-c", ASKS, str(folder)]
    done = subprocess.run(command, cwd=package, capture_output=True, text=True, timeout=60, env=environ, check=False)
    assert done.stdout.splitlines() == [
        "200 text/plain; charset=utf-8 6",
        "400 application/problem+json 0",
        "200 400 404 429",
    ], done.stderr
