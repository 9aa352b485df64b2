"""One Aho-Corasick pass that lets most of a general stream go: without one of these words a story is neither kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import ahocorasick

import monitor.classify.lexicon as lexicon

READ = 2000  # characters of a story that are looked at

_MOVE_STEMS = (
    "ceo cfo coo cto cio ciso cmo chro chief president chair director executive exec founder partner officer boss vp "
    "vice counsel treasurer general-manager head-of appoint named names naming hire hiring hires join depart leave "
    "leaving left-the steps-down step-down stepping-down stepped-down steps-aside steps-back resign retire poach oust "
    "fired fires succeed successor succession board promot recruit taps tapped veteran leaders leadership shake-up "
    "shakeup reshuffle quit exit defect lure snag reins helm departs departure ousted cofounder co-founder co-lead "
    "researchers scientist engineers executives talent reorgani brings-on elects elected takes-over take-over "
    "taking-over replaces replaced returns rejoin move-to moves-to nominat czar chairman chairwoman head lead management"
).split()
_INFRA_STEMS = (
    "data-cent datacent hyperscal comput stargate capex capital-exp chip fab foundr semiconductor cable gigawatt "
    "megawatt gw mw nuclear reactor power electric grid energy gpu tpu cooling infrastructure cloud coreweave server "
    "colocation utility utilities turbine nvidia ai-spend ai-invest ai-campus ai-factor ai-hub wafer tsmc memory "
    "neocloud nscale nebius crusoe supercluster campus moratori ratepayer xai openai anthropic equinix fiber fibre "
    "network billion orbit space hub zone"
).split()


@dataclass(frozen=True, slots=True)
class Candidates:
    """Which half of the grammar has to look."""

    move: bool
    infra: bool


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    marks: dict[str, int] = {}
    for bit, stems in ((1, _MOVE_STEMS), (2, _INFRA_STEMS)):
        for stem in stems:
            word = stem.replace("-", " ")
            marks[word] = marks.get(word, 0) | bit
            marks[stem] = marks.get(stem, 0) | bit
    for form in lexicon.frames():
        if len(form) > 5:
            marks[form] = marks.get(form, 0) | 1
    for word, bit in marks.items():
        automaton.add_word(word, bit)
    automaton.make_automaton()
    return automaton


def candidates(text: str) -> Candidates:
    """What ``text`` (title and summary) may be; linear in its length."""
    seen = 0
    for _, bit in _automaton().iter(text[:READ].lower()):
        seen |= bit
        if seen == 3:
            break
    return Candidates(move=bool(seen & 1), infra=bool(seen & 2))
