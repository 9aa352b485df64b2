"""Features of the models in words that a person can read: no prefix, code or name of a template is left of any of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.weights.linear import FILES
from monitor.classify.wording import worded
from monitor.surfaces.cli import cli

CLEAN = "no word of public office, sport or stage"


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("b:steps down", "text “steps down”"),
        ("t:$10", "title “$10”"),
        ("gw:_org _f:ORG_NAMES:appoint _role1g", "title “[organisation] [appoint] [chief officer]”"),
        ("gw:^ _role4gs in 0-year $", "title “[beginning] [leader or expert] in [number]-year [end]”"),
        ("gv:_person joins", "summary “[person] joins”"),
        ("gq:t:sport", "title speaks of sport"),
        ("gr:certain public False", "the grammar alone is certain"),
        ("gr:certain public True", "the grammar alone is certain, but for words of public life"),
        ("gt:clean PERSON_LEAVES depart", f"title: [leaves: depart] with {CLEAN}"),
        ("gs:state ORG_NAMES", "summary: [names] with words of government"),
        ("gcore:t 3 1 False", f"title: a verb that mostly tells a move, a chief officer, {CLEAN}"),
        ("gcore:s 0 5", "summary: no verb that tells a move, no post"),
        ("gk:t p p1 ; n1 F:PERSON_LEAVES", "title: a person between “;” and [leaves]"),
        ("gk:s _role2 fb - ORG_OUSTS", "summary: an executive, before it no verb, behind it [ousts]"),
        ("gk:t n S:ORG_NAMES:appoint+be", "title: a name before [names: appoint], passive"),
        ("gk:t new O:ORG_NAMES:appoint", "title: a post called “new” behind [names: appoint]"),
        ("gk:t _role1 ", "title: a chief officer without “new”, “former” or the like"),
        ("gk:t clean _role -", f"title: a post beside no verb, {CLEAN}"),
        ("gp:t O hire P", "title clause: an organisation [hire] a person"),
        ("gp:t O's N hire.hire_away R1s", "title clause: an organisation’s, a name [hire: hire away] chief officers"),
        ("gp:t clean 3 R1", f"title clause: [a verb that mostly tells a move] with a chief officer, {CLEAN}"),
        ("gp:t clean 3 -", f"title clause: [a verb that mostly tells a move] with no post, {CLEAN}"),
        ("gp:s P depart.quit + $", "summary clause: a person [depart: quit], at the end"),
        ("gp:s announces > R1x new", "summary clause: “announces” right before a chief officer, former, new,"),
        ("gp:t R3g < of", "title clause: a vice president or director by a general word right before “of”"),
        ("i:core t", "a core topic in the title"),
        ("i:core - t:build.site", "no core topic and title tells: build (site)"),
        ("i:t against 5", "title: its topics speak against it, 5 of 5"),
        ("i:s for 0", "first sentence: no topic speaks for it"),
        ("i:t=data_center, computing, no tech", "title speaks of data center, words of computing, no technology firm"),
        ("i::build & =fab", "title tells: build and speaks of chip plant"),
        ("i:t ai [& ] chips", "title: AI and chips with “& ” between"),
        ("i:s before $", "first sentence: a core topic ends it"),
        ("i:t org kind ipp & t percent", "title names: independent power producer and a percentage in the title"),
        ("read as a whole", "read as a whole"),
        ("new:kind", "new:kind"),
    ],
)
def test_features_in_words(feature: str, words: str) -> None:
    assert worded(feature) == words


@pytest.mark.parametrize("path", FILES.values(), ids=[label.value for label in FILES])
def test_no_feature_of_a_shipped_model_is_left_raw(path: Path) -> None:
    """Every feature there is a weight of, and so every prefix: what is no word of the story itself are words of ours."""
    weights = json.loads(path.read_text(encoding="utf-8"))["weights"]
    features = [re.sub("[“”]", "'", feature) for feature in weights]  # (a quotation mark of a story would end the quotation)
    raw = {feature: said for feature in features if (said := worded(feature)) == feature or codes_of(said)}
    assert not raw, list(raw.items())[:10]


def codes_of(said: str) -> list[str]:
    """What is left of codes: signs, underscores, single letters and words in capitals. What is quoted is the story's."""
    ours = re.sub(r"“[^”]*”|“””", "", said)
    inside = " ".join(re.findall(r"\[([^\]]*)\]", said))
    words = re.findall(r"[^\s,:;()\[\]]+", f"{ours} {inside}")
    return [w for w in words if not re.fullmatch(r"(?:a|AI|GPUs|MWh?|[0-9]+|[a-z][a-z’-]+)", w) or "_" in w]


@given(
    st.sampled_from(("t", "s", "b", "gw", "gv", "gq", "gr", "gt", "gs", "gcore", "gk", "gp", "i")),
    st.lists(
        st.sampled_from(("t", "s", "-", "p1", "n1", "fb", ">", "<", "+", "clean", "R1", "²", "core", "&", "=ai", "")) | st.text()
    ),
)
def test_a_feature_of_another_version_is_said_somehow(prefix: str, parts: list[str]) -> None:
    assert worded(f"{prefix}:{' '.join(parts)}")


@pytest.mark.parametrize(
    "text",
    [
        "Meta hires OpenAI's head of infrastructure Jane Roe as vice president of data centers",
        "Microsoft to build $3.3 billion data center campus in Wisconsin with 1 GW",
        "Senator's aide Ada Quill appointed chief financial officer of Corvid Systems",
        "Residents oppose data center as utility warns of power demand; stock falls 4%",
        "Corvid Systems CEO in talks to leave for rival after ouster",
    ],
)
def test_an_explanation_for_people_has_no_code_in_it(text: str) -> None:
    said = CliRunner().invoke(cli, ["explain", text]).output
    told = [line.split(None, 2)[2 if line.split()[0] == "for" else 1] for line in said.splitlines() if FOR_OR_AGAINST.match(line)]
    assert told
    for feature in " · ".join(told).split(" · "):
        assert not codes_of(re.sub(r" [+-][0-9.]+$", "", feature)), feature


FOR_OR_AGAINST = re.compile(r"    (for it|against) ")
