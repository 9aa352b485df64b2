"""The recipe for a new source in docs/extending.md, followed to the letter in a copy of the package."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://wire.example/a</loc><news:news><news:publication><news:name>Sample Wire</news:name></news:publication>
<news:publication_date>2026-05-04T08:30:00Z</news:publication_date>
<news:title>Orrin &amp; Vale names Tess Marlow chief executive</news:title></news:news></url>
<url><loc>https://wire.example/about</loc></url></urlset>"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package with the fifth source in it: one module, one line in the registry and its import."""
    shutil.copytree(ROOT / "monitor", tmp_path / "monitor", ignore=shutil.ignore_patterns("__pycache__", "data", "static"))
    (tmp_path / "monitor/classify/data").symlink_to(ROOT / "monitor/classify/data")
    shutil.copytree(ROOT / "config", tmp_path / "config")
    module, line = re.findall(r"```python\n(.*?)```", (ROOT / "docs/extending.md").read_text(encoding="utf-8"), re.S)[:2]
    (tmp_path / "monitor/sources/sitemap.py").write_text(module)
    registry = tmp_path / "monitor/sources/__init__.py"
    text = registry.read_text().replace("SOURCES: dict", "from monitor.sources.sitemap import Sitemap\n\nSOURCES: dict")
    registry.write_text(text.replace('    "edgar": Edgar,\n', f'    "edgar": Edgar,\n{line}'))
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
