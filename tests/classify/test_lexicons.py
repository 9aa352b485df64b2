"""The data files are checked as they load: a mistake names the file and the entry. Watchlists extend what they hold."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import monitor.classify.buildouts.places as places
import monitor.classify.buildouts.terms as infra_terms
import monitor.classify.words.lexicon as lexicon
from monitor.classify import classifier_for, load_classifier
from monitor.classify.names import Names
from monitor.classify.naming import org_id
from monitor.classify.words.lexicon import LexiconError
from monitor.model import Label
from monitor.settings.schema import Settings, Watchlist
from monitor.standing import org_key
from tests.stories import story

CACHED = (places.demonyms, lexicon.frames, lexicon.first_names, lexicon.people, lexicon.orgs_by_alias)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the data files that a test may damage."""
    copy = shutil.copytree(lexicon.DATA, tmp_path / "data")
    monkeypatch.setattr(lexicon, "DATA", copy)
    for cached in CACHED:
        cached.cache_clear()
    yield copy
    for cached in CACHED:
        cached.cache_clear()


def damage(path: Path, change: Callable[[Any], None]) -> None:
    raw = json.loads(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "change", "read", "said"),
    [
        ("orgs.json", lambda d: d["orgs"][0].pop("kind"), lexicon.orgs, "kind must be str"),
        ("orgs.json", lambda d: d["orgs"][0].update(name="Acme", ambiguity=7), lexicon.orgs, "Acme: ambiguity must be 0, 1 or 2"),
        ("orgs.json", lambda d: d["orgs"][0].update(name="Acme", aliases=["Ac", ""]), lexicon.orgs, 'Acme: "" is no name'),
        ("orgs.json", lambda d: d["orgs"][0].update(name="Acme", ambiguous=["Ac"]), lexicon.orgs, "Acme: ambiguous must give"),
        ("orgs.json", lambda d: d["orgs"][0].update(name="Acme", ambiguous={"Ac": 7}), lexicon.orgs, "Acme: ambiguity must be"),
        ("orgs.json", lambda d: d["orgs"][1].update(name="Acme", ambiguous={"OpenAI": 2}), lexicon.orgs, "'OpenAI' is OpenAI's"),
        ("orgs.json", lambda d: d["orgs"].append("Acme"), lexicon.orgs, '"Acme" must be an object'),
        ("orgs.json", lambda d: d.pop("orgs"), lexicon.orgs, "orgs: must be a list"),
        ("frames_moves.json", lambda d: d["frames"][0].update(id="x.y", prior=2), lexicon.frames, "x.y: prior must be a number"),
        ("frames_moves.json", lambda d: d["frames"][0].update(id="x.y", template="NO"), lexicon.frames, "x.y: template 'NO'"),
        ("frames_moves.json", lambda d: d["frames"][0].update(id="x.y", action="fly"), lexicon.frames, "x.y: action 'fly'"),
        ("frames_moves.json", lambda d: d["frames"][0].update(id="x.y", forms=["go", 3]), lexicon.frames, "x.y: 3 is no name"),
        ("people.json", lambda d: d["people"].append(None), lexicon.people, "people: null is no name"),
        ("first_names.json", lambda d: d.update(first_names="Ada Bo"), lexicon.first_names, "first_names: must be a list"),
        ("infra_lexicon.json", lambda d: d["topics"][0].update(name="tt", weight=5), infra_terms.terms, "tt: weight must be"),
        ("infra_lexicon.json", lambda d: d["topics"][0].update(name="tt", terms=[""]), infra_terms.terms, 'tt: "" is no name'),
        ("infra_lexicon.json", lambda d: d["first_pass"][0].update(name="ff", weight=-2), infra_terms.terms, "ff: weight"),
        ("infra_lexicon.json", lambda d: d["projects"].append(7), infra_terms.terms, "projects: 7 is no name"),
        ("places.json", lambda d: d["places"].append(" "), infra_terms.terms, 'places: " " is no name'),
        ("places.json", lambda d: d["demonyms"].update(Ulmish=3), places.demonyms, "demonyms must give each the name of a place"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_and_entry(
    data: Path, file: str, change: Callable[[Any], None], read: Callable[[], Any], said: str
) -> None:
    damage(data / file, change)
    with pytest.raises(LexiconError) as raised:
        list(read())
    assert str(raised.value).startswith(f"{file}: ") and said in str(raised.value)


def test_no_form_of_a_frame_stands_in_another_too_where_it_would_never_be_met() -> None:
    entries = lexicon.load("frames_moves.json")["frames"]
    lost = [
        (entry["id"], form) for entry in entries for form in entry["forms"] if lexicon.frames()[form.lower()].id != entry["id"]
    ]
    assert lost == []


@pytest.mark.parametrize("text", ["", "{", "[]"])
def test_a_file_that_is_no_lexicon_is_named(data: Path, text: str) -> None:
    (data / "orgs.json").write_text(text)
    with pytest.raises(LexiconError, match=r"^orgs\.json: "):
        lexicon.orgs()


def test_a_watchlist_s_organisations_people_and_projects_are_known() -> None:
    """Names that look like none: a word in lower case, a person of one name, a project without the word."""
    watched = Watchlist(orgs=("the zyx",), people=("Quixotica",), projects=("Emberfall",))
    knows, plain = classifier_for(Settings(watchlists={"mine": watched})), load_classifier()
    move = story("the zyx names Quixotica chief executive")
    told = knows.classify(move).match(Label.EXECUTIVE_MOVE)
    assert told is not None and (told.moves[0].person, told.moves[0].to_org) == ("Quixotica", "the zyx")
    without = plain.classify(move).match(Label.EXECUTIVE_MOVE)
    assert without is None or (without.moves[0].person, without.moves[0].to_org) != ("Quixotica", "the zyx")
    site = story("Skagen Power breaks ground on Emberfall, a 300 MW data center in Odda")
    built = knows.classify(site).match(Label.INFRASTRUCTURE)
    assert built is not None and built.buildout is not None and built.buildout.project == "Emberfall"
    span = next(s for s in built.evidence if s.supports == "buildout.project")
    assert site.title[span.start : span.end] == "Emberfall"
    other = plain.classify(site).match(Label.INFRASTRUCTURE)
    assert other is not None and other.buildout is not None and other.buildout.project == ""


def test_an_organisation_has_one_id_under_each_of_its_names() -> None:
    """No name is two organisations': it would be the first one's, and the other would come apart into two."""
    named = [(entry["name"], alias) for entry in lexicon.load("orgs.json")["orgs"] for alias in entry["aliases"]]
    assert [(name, alias) for name, alias in named if org_id(alias) != org_id(name)] == []
    assert org_id("KHNP") == org_id("Korea Hydro & Nuclear Power") == "khnp"


def test_an_organisation_stands_once() -> None:
    """Where the short name is a word it stands beside the safe ones, "Circle" with "Circle Internet": not as another."""
    ids = [org_id(entry["name"]) for entry in lexicon.load("orgs.json")["orgs"]]
    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    assert org_id("EQT Corporation") != org_id("EQT AB") == org_id("EQT") == "eqt"  # a producer of gas, an investor
    assert org_id("Circle Internet Group") == org_id("Circle") == "circle-internet"
    assert Names().canonical("Circle") == "Circle Internet"  # and not the other way: who watches it does not want Circle K
    assert lexicon.orgs()["Circle"].ambiguity == 2 and lexicon.orgs()["Circle Internet"].ambiguity == 0


def test_sums_take_no_two_organisations_for_one() -> None:
    """Who has another's name but for the legal form keeps it: in ``standing.KEPT_FORMS``, with a migration for what is stored."""
    known = lexicon.orgs()
    whose = {org_key(org.name): org.name for org in reversed(known.values())}
    assert {alias: org.name for alias, org in known.items() if whose.get(org_key(alias), org.name) != org.name} == {}


# What a firm's name may end with without being another's; and those that are another's all the same.
TRADES = frozenset(
    "bank software technology technologies labs group holdings motors financial finance health pharmaceuticals mobile media "
    "foundation internet solutions uk network networks inc platforms energy".split()
)
OTHERS = {
    "ford-foundation",  # gives money of the firm's founder
    "novo-nordisk-foundation",  # owns the firm
    "siemens-energy",  # no part of it since 2020
    "motorola-solutions",  # Motorola is Lenovo's
    "prudential-financial",  # of Newark; Prudential is of London
    "macquarie-technology",  # of Sydney too, another firm
    "cadence-bank",
    "x-energy",
}


def test_a_name_with_its_trade_is_not_another_organisation() -> None:
    """ "Ayar Labs" and "Ayar" are one firm under one id."""
    entries = lexicon.load("orgs.json")["orgs"]
    written = [name for entry in entries for name in (entry["name"], *entry["aliases"], *entry.get("ambiguous", ()))]
    known = {"-".join(name.lower().split()): name for name in written}
    apart = set()
    for key, name in known.items():
        short, _, trade = key.rpartition("-")
        if trade in TRADES and short in known and org_id(known[short]) != org_id(name):
            apart.add(key)
    assert apart == OTHERS
