"""The documents say what is true: every command, option, file and word they name is there, and the other way round."""

from __future__ import annotations

import ast
import base64
import doctest
import importlib
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.classify import CLASSIFIERS
from monitor.notify import NOTIFIERS
from monitor.settings import load
from monitor.settings.schema import Channel, Matcher, Settings
from monitor.sources import SOURCES
from monitor.surfaces.cli import COMMANDS, cli

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "SECURITY.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = {d.name: d.read_text(encoding="utf-8") for d in DOCUMENTS}
EVERYTHING = "\n".join(TEXT.values())


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_stands_in_the_documents(command: str) -> None:
    assert re.search(rf"movewire (?:--\S+ \S+ )?{command}\b|`{command}`", EVERYTHING)


@pytest.mark.parametrize("named", sorted(set(re.findall(r"(?:^|`)movewire ([a-z]+)", EVERYTHING, re.M))))
def test_every_command_the_documents_name_is_there(named: str) -> None:
    assert named in COMMANDS


@pytest.mark.parametrize("kind", sorted({*NOTIFIERS, *SOURCES, *CLASSIFIERS}))
def test_every_member_of_a_registry_stands_in_the_documents(kind: str) -> None:
    assert f"`{kind}`" in EVERYTHING or kind in (ROOT / "config/movewire.yaml").read_text(encoding="utf-8")


def test_the_reading_order_of_the_cascade_has_each_module_once() -> None:
    section = TEXT["architecture.md"].partition("## The cascade, in its reading order")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (?!stage|---).*\|.*\| ([a-z/]*) ?\| (.*) \|$", section, re.M)
    told = [f"{folder}{name}" for folder, names in rows for name in re.findall(r"`(\w+)`", names)]
    package = ROOT / "monitor/classify"
    there = [path.relative_to(package).with_suffix("").as_posix() for path in package.rglob("*.py")]
    assert sorted(told) == sorted(name for name in there if not _is_a_docstring_alone(package / f"{name}.py"))


def _is_a_docstring_alone(path: Path) -> bool:
    return path.name == "__init__.py" and len(ast.parse(path.read_text(encoding="utf-8")).body) == 1


def _shown(kind: str) -> list[tuple[str, str]]:
    """The blocks of a kind in all documents, with the document's name."""
    return [(name, block) for name, text in TEXT.items() for block in re.findall(rf"```{kind}\n(.*?)```", text, re.S)]


@pytest.mark.parametrize(
    "line",
    sorted({line for _, block in _shown("sh") for line in block.splitlines() if line.startswith("movewire ")}),
)
def test_every_line_the_documents_show_can_be_typed(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    assert CliRunner().invoke(cli, [*words, "--help"]).exit_code == 0  # parsed whole, then told about instead of done


@pytest.mark.parametrize(("name", "block"), _shown("yaml"))
def test_every_configuration_the_documents_show_is_right(name: str, block: str, tmp_path: Path) -> None:
    (tmp_path / "movewire.yaml").write_text(block, encoding="utf-8")
    secret = "whsec_" + base64.b64encode(b"of a document's example").decode()
    load(tmp_path / "movewire.yaml", {"SLACK_WEBHOOK_URL": "https://hooks.example/T/B", "WEBHOOK_SECRET": secret})


_SET = re.compile(r"(MOVEWIRE__[A-Z_]+)(?:=|: |, value: )\"?([^\s\"}]+)")


@pytest.mark.parametrize(
    "file",
    [p for p in (ROOT / "Dockerfile", *sorted((ROOT / "deploy").rglob("*"))) if p.is_file() and _SET.search(p.read_text())],
    ids=lambda p: f"{p.parent.name}/{p.name}",
)
def test_what_deploy_files_set_is_taken_by_the_settings(file: Path, tmp_path: Path) -> None:
    (tmp_path / "movewire.yaml").write_text("feeds: []\n", encoding="utf-8")
    given = dict(_SET.findall(file.read_text(encoding="utf-8")))
    settings = load(tmp_path / "movewire.yaml", given)
    paths = {name: tuple(name.lower().split("__")[1:]) for name in given}
    assert {name: settings.origin.where(path) for name, path in paths.items()} == {name: f"environment {name}" for name in given}


def _options(model: type, prefix: str = "") -> list[str]:  # type: ignore[type-arg]
    return [f.alias or name for name, f in model.model_fields.items()]  # type: ignore[attr-defined]


@pytest.mark.parametrize("option", sorted({*_options(Settings), *_options(Channel), *_options(Matcher)}))
def test_every_option_stands_in_the_shipped_configuration(option: str) -> None:
    assert re.search(rf"\b{option}\b", (ROOT / "config/movewire.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(TEXT))
def test_links_and_paths_lead_somewhere(name: str) -> None:
    folder = next(d for d in DOCUMENTS if d.name == name).parent
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", TEXT[name]):
        assert (folder / target).exists(), target
    for path in re.findall(r"`((?:monitor|config|docs|tests|benchmarks|deploy)/[\w./-]+)`", TEXT[name]):
        assert (ROOT / path).exists() or "NAME" in path, path


def test_every_module_stands_in_the_architecture() -> None:
    text = TEXT["architecture.md"]
    for path in (ROOT / "monitor").iterdir():
        if (path.suffix == ".py" and path.stem.startswith("__")) or path.name == "__pycache__":
            continue
        assert re.search(rf"\b{path.stem}\b", text), path.name


def test_every_make_target_the_documents_name_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)`", EVERYTHING, re.M)) and all(
        a in targets or b in targets for a, b in re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)`", EVERYTHING, re.M)
    )


def test_the_glossary_s_types_are_the_code_s() -> None:
    import monitor.model as model

    for word in ("Feed", "Story", "Verdict", "Match", "Move", "Buildout", "Event", "Alert", "Delivery"):
        assert word in TEXT["glossary.md"] and hasattr(model, word)


SHOWN = [path for path in sorted((ROOT / "monitor").rglob("*.py")) if ">>>" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", SHOWN, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_a_docstring_shows_is_what_happens(path: Path) -> None:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    ran = doctest.testmod(importlib.import_module(name))
    assert ran.attempted and not ran.failed
