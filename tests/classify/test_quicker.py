"""What spares work finds what the work would have found: patterns tried only where they can begin, or after a look for words."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import monitor.classify
import monitor.classify.buildouts.narrowed as narrowed
import monitor.classify.buildouts.quantities as quantities
import monitor.classify.buildouts.site_codes as site_codes
import monitor.classify.buildouts.towns as towns
import monitor.classify.parsing.roles as roles
from monitor.classify.buildouts.number_places import QUALIFIERS, numbers_and_words, stretch, tried
from monitor.classify.buildouts.outright import _DEEDS, _Deed
from monitor.classify.moves.evidence.clauses import CLAUSES
from monitor.classify.moves.evidence.nouns import STEPS
from monitor.classify.moves.evidence.phrases import PHRASES
from monitor.classify.weights.linear import Model
from monitor.classify.weights.packed import (
    PLACE,
    UNIT,
    in_thousandths,
    packed,
    packed_pairs,
    packed_sparse,
    packed_thousandths,
    unpacked,
)
from monitor.classify.weights.runs import Features, Runs
from monitor.classify.weights.slot_model import shares
from monitor.classify.words.guarded import Guarded, Guards
from monitor.classify.words.kept import WORDS_KEPT, Kept
from monitor.model import Label
from tests.classify.wordings import unheld

GUARDED = {
    f"{module.name}.{name}": value
    for module in pkgutil.walk_packages(monitor.classify.__path__, "monitor.classify.")
    for name, value in vars(importlib.import_module(module.name)).items()
    if isinstance(value, Guarded)
}
# Words of the pattern of roles and what may stand between them.
_ROLE_WORDS = sorted(
    {*re.findall(r"[a-z]+", re.sub(r"\\.|\[[^]]*\]", " ", roles._ONE.pattern)), "cofounder", "U.S.", "C.E.O.", "ad"}
)
_SUMS = (
    *QUALIFIERS,
    *"~ $ US$ € RS. AED 5 1,000 3.5 10 billion bn m dollars GW MW GPUs servers a two dozen of million - to".split(),
)
_BETWEEN = st.sampled_from([" ", " ", " ", "-", ", ", "/", ".", "", "_", " & ", " and "])


def texts(words: tuple[str, ...] | list[str]) -> st.SearchStrategy[str]:
    pieces = st.tuples(st.sampled_from(words), _BETWEEN, st.booleans())
    return st.lists(pieces, max_size=8).map(lambda found: "".join((w.title() if big else w) + gap for w, gap, big in found))


@pytest.mark.parametrize("name", sorted(GUARDED))
def test_whatever_a_guarded_pattern_matches_holds_one_of_its_pieces(name: str) -> None:
    guarded = GUARDED[name]
    unguarded = unheld(guarded.pattern.pattern, guarded.pieces)
    assert not unguarded, f"{name} matches {min(unguarded, key=len)!r}, which holds none of its pieces"


@pytest.mark.parametrize("deed", _DEEDS, ids=[f"{n}.{deed.action}" for n, deed in enumerate(_DEEDS)])
def test_whatever_says_a_deed_outright_holds_one_of_its_pieces(deed: _Deed) -> None:
    for pattern in deed.patterns:
        unguarded = unheld(pattern.pattern, deed.pieces)
        assert not unguarded, f"{deed.action} is said by {min(unguarded, key=len)!r}, which holds none of its pieces"


@pytest.mark.parametrize(("name", "number"), [("_LAND", 0), ("_AT", 1), ("_LIVE", 2)])
def test_whatever_tells_a_town_holds_one_of_its_pieces(name: str, number: int) -> None:
    unguarded = unheld(getattr(towns, name).pattern, towns._TELLING[number])
    assert not unguarded, f"{name} matches {min(unguarded, key=len)!r}, which holds none of its pieces"


def test_a_town_said_to_be_one_holds_the_word_for_it() -> None:
    assert not unheld(narrowed._CALLED.pattern, narrowed._KINDS)


@pytest.mark.parametrize("pattern", [*site_codes._CODED, *site_codes._NUMBERED], ids=lambda pattern: pattern.pattern[:24])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_code_or_number_of_a_site_looks_like_one(pattern: re.Pattern[str], data: st.DataObject) -> None:
    asked = site_codes._CODE_LIKE if pattern in site_codes._CODED else site_codes._NUMBER_LIKE
    found = pattern.search(data.draw(st.from_regex(pattern)))
    assert found is None or asked.search(found.group())


def test_of_several_patterns_those_are_tried_whose_pieces_a_text_holds() -> None:
    guards = Guards(("shelve", "on ice"), ("raise",), ("on ic", "raise"))
    assert guards.held("Osprey SHELVES a site and raises $2bn") == [0, 1, 2]
    assert guards.held("A site on ice") == [0, 2]
    assert guards.held("Osprey opens a site") == []


def test_a_wording_that_no_piece_is_in_is_found() -> None:
    assert unheld(r"\b(?:quash(?:es)? (?:all )?talk|in (?:\w+ )?doubt)\b", ["quash"]) == {"in doubt", "in * doubt"}
    assert unheld(r"den(?:y|ie[sd])|rumou?rs", ["denie", "umor"]) == {"deny", "rumours"}


def test_a_guarded_pattern_finds_nothing_where_the_pattern_does_not() -> None:
    assert Guarded("live:", "live").search("They live here") is None


@given(texts(_ROLE_WORDS))
@settings(max_examples=120, deadline=None)
def test_a_role_is_found_where_the_pattern_first_finds_one(text: str) -> None:
    expected = roles._ONE.search(text)
    found = roles._first(roles._place(text, 0, len(text)), 0)
    assert (found and found.span()) == (expected and expected.span())


@pytest.mark.parametrize("name", ["MONEY_WORD", "POWER", "CHIPS", "COUNTED", "FLOOR"])
@given(text=texts(_SUMS))
@settings(max_examples=60, deadline=None)
def test_quantities_are_found_where_their_patterns_find_them(name: str, text: str) -> None:
    pattern = getattr(quantities, name)
    within = stretch(text)
    found = [m.span() for m in tried(pattern, within, numbers_and_words(within) if name == "COUNTED" else within.numbers)]
    expected = [m.span() for m in pattern.finditer(text)]
    assert found == expected or (not found and all(_counts_nothing(pattern, text[a:b]) for a, b in expected))
    kinds = {"MONEY_WORD": "worded", "POWER": "power", "CHIPS": "chips"}
    assert not expected or kinds.get(name, "things") in within.kinds


def _counts_nothing(pattern: re.Pattern[str], text: str) -> bool:
    """ "a data center" counts none."""
    match = pattern.fullmatch(text)
    return match is not None and (match.groupdict().get("n") or "").lower() in ("a", "an", "one", "half a")


@given(text=texts(_SUMS))
@settings(max_examples=100, deadline=None)
def test_a_sum_with_a_sign_is_found_where_its_pattern_finds_it(text: str) -> None:
    expected = quantities.MONEY.search(text)
    found = quantities.SIGNS.first(quantities.MONEY, stretch(text), 0)
    assert (found and found.span()) == (expected and expected.span())


@given(
    st.lists(st.lists(st.sampled_from(["data", "center", "hires", "of", "_org", "x"]), max_size=9), max_size=3), st.integers(1, 4)
)
@settings(max_examples=100, deadline=None)
def test_runs_are_told_by_their_words_as_by_their_names(texts: list[list[str]], longest: int) -> None:
    names = {" ".join(text[i : i + n]) for text in texts for n in range(1, longest + 1) for i in range(len(text) - n + 1)}
    runs = Runs("t:", longest, tuple(texts))
    assert Features({"other"}, runs) == {"other", *(f"t:{name}" for name in names)}
    weights = {f"t:{name}": 0.25 * n for n, name in enumerate(sorted(names)) if n % 3} | {"x": 4.0, "t": 2.0}
    table = runs.table([name for name in weights if name.startswith("t:")], weights)
    assert runs.told(table) == (len(names), sum(weights.get(f"t:{name}", 0.0) for name in names))


def test_of_the_words_met_no_more_than_a_day_has_are_remembered_and_the_others_are_met_again() -> None:
    table = Runs("t:", 2, ((),)).table(["t:a", "t:a site"], {"t:a": 0.5, "t:a site": 0.25})
    for n in range(WORDS_KEPT + 1):
        table.meet([f"word{n}"])
    assert len(table._met) <= WORDS_KEPT
    for _ in range(2):
        assert Runs("t:", 2, (["a", "site"],)).told(table) == (3, 0.75)
        table._met.clear()


@given(st.sets(st.sampled_from(["a one", "a two", "b one", "b x y"])), st.lists(st.sampled_from(["x", "y", "z"]), max_size=6))
def test_a_model_scores_runs_as_it_scores_their_names(named: set[str], words: list[str]) -> None:
    features = Features(named, Runs("b:", 2, (words,)), Runs("c:", 1, (words,)))
    weights = {"a one": 0.5, "b one": -1.5, "b:x": 2.0, "b:x y": -0.5, "c:y": 0.75}
    for blocks in (False, True):
        model = Model(label=Label.EXECUTIVE_MOVE, weights=weights, bias=0.1, card={}, blocks=blocks)
        assert model.score(features) == pytest.approx(model.score(set(features)), abs=1e-12)


@given(st.permutations([0.1, 0.2, 0.3, -0.7, 1e-3, 5.1, -2.2]))
def test_how_likely_a_slot_is_does_not_hang_on_the_order_of_features(weights: list[float]) -> None:
    table = {str(weight): packed((weight, 2 * weight)) for weight in weights}
    names = [str(weight) for weight in weights]
    none = ["0.3", "1.0"]
    assert shares(table, [names, none[:1]], none) == shares(table, [sorted(names), none[:1]], none[::-1])


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=4), max_size=5))
def test_candidates_and_none_share_one_slot(candidates: list[list[str]]) -> None:
    table = {"a": packed((2.0, -1.0)), "b": packed((-40.0, 0.5)), "c": packed((0.1, 300.0))}
    for side in shares(table, candidates, ["none"]):
        assert len(side) == len(candidates) and sum(side) < 1 + 1e-9 and all(0 <= p <= 1 for p in side)


_WEIGHTS = st.floats(-900, 900).map(lambda x: round(x, 6))


@given(st.integers(1, 14).flatmap(lambda width: st.lists(st.lists(_WEIGHTS, min_size=width, max_size=width), max_size=40)))
def test_rows_packed_add_up_as_rows_do(rows: list[list[float]]) -> None:
    width = len(rows[0]) if rows else 3
    assert 40 * 900 * UNIT < 1 << (PLACE - 1)
    told = unpacked(sum(map(packed, rows)), width)
    pairs = {str(n): (row[0], row[-1]) for n, row in enumerate(rows)}
    assert packed_pairs(pairs) == {name: packed(pair) for name, pair in pairs.items()}
    assert told == pytest.approx([sum(column) for column in zip(*rows, strict=True)] or [0.0] * width, abs=1e-6 * (len(rows) + 1))


_SIGNS = st.sampled_from(
    (
        "P N O O's R Rx Rn Fh Fn Fp Fe Fj Fl Ft Fd Fs Fb Fx Fa Fr Fg Fo w its is was will say ex now who job of at as to for "
        "from by with , : and successor where"
    ).split()
)


@given(st.lists(_SIGNS, max_size=9))
@settings(max_examples=100, deadline=None)
def test_a_phrase_is_found_only_where_one_of_the_signs_it_needs_stands(signs: list[str]) -> None:
    text = "".join(sign + " " for sign in signs)
    for phrase in PHRASES:
        assert phrase.pattern.search(text) is None or not any(needed.isdisjoint(signs) for needed in phrase.needs)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_no_phrase_needs_what_its_pattern_does_without(data: st.DataObject) -> None:
    phrase = data.draw(st.sampled_from(PHRASES))
    text = data.draw(st.from_regex(phrase.pattern, fullmatch=True))
    assert not any(needed.isdisjoint(text.split()) for needed in phrase.needs)


# What a clause or a step over the signs of nouns needs, and its pattern.
_NEEDY = (*((clause.words, clause.pattern) for clause in CLAUSES), *((needed, pattern) for needed, pattern, _ in STEPS))


@pytest.mark.slow
@given(st.data())
@settings(max_examples=300, deadline=None)
def test_no_clause_needs_what_its_pattern_does_without(data: st.DataObject) -> None:
    needed, pattern = data.draw(st.sampled_from(_NEEDY))
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    assert all(word in text for word in needed)


def test_what_is_made_of_words_is_made_once_and_not_kept_for_ever() -> None:
    made = []

    @Kept
    def loud(word: str) -> str:
        made.append(word)
        return word.upper()

    assert [loud["a"], loud["a"]] == ["A", "A"] and made == ["a"]
    for n in range(WORDS_KEPT + 1):
        assert loud[str(n)] == str(n)
    assert len(loud) <= WORDS_KEPT


@given(st.lists(st.integers(-5_000, 5_000), max_size=14))
def test_a_row_is_packed_alike_however_it_is_written(row: list[int]) -> None:
    weights = [n / 1000 for n in row]
    assert packed_thousandths(in_thousandths(weights)) == packed(weights)
    assert packed_sparse((n, weight) for n, weight in enumerate(weights) if weight) == packed(weights)
