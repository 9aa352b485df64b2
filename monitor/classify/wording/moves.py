"""The features of a move that speak of kinds (``moves.features``, ``moves.patterns``) in words.

Each function gives "" where the feature is of no form it knows: a model may be of another version.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.classify.words.cues import PUBLIC

_PLACES = {"t": "title", "s": "summary"}
_CLEAN = "no word of public office, sport or stage"
# What a story is of, by the classes of ``cues.json``.
_WORLDS = {
    "agency": "agencies and forces",
    "change": "“as CEO” and the like",
    "clean": _CLEAN,
    "effective": "“effective”, “outgoing” and the like",
    "pay": "pay and share dealings",
    "stage": "stage and screen",
    "state": "government",
    "talk": "what somebody says",
    "world": "world politics",
}
_KINDS = {
    "P": "a person",
    "p": "a person",
    "N": "a name",
    "n": "a name",
    "O": "an organisation",
    "M": "an outlet",
    "G": "a government",
    "R": "a post",
    "Rx": "a former post",
    "R+": "posts",
    "-": "nobody",
    "^": "the beginning",
    "$": "the end",
    "0": "a number",
    "_role": "a post",
}
_ACTIONS = frozenset("appoint board depart dismiss found hire other promote retire".split())
_LEVELS = {
    "1": ("a chief officer", "chief officers"),
    "2": ("an executive", "executives"),
    "3": ("a vice president or director", "vice presidents or directors"),
    "4": ("a leader or expert", "leaders or experts"),
}
_POST = re.compile(r"(?:R|_role)(\d)([gsx]*)\Z")  # g: "executive", "leader" and the like, s: several, x: former
_TEMPLATES = {
    "BOARD": "goes on or off a board",
    "FOUND": "founds",
    "HANDOVER": "hands over",
    "NOUN_ORG": "change at the top",
    "NOUN_PERSON": "noun of a move",
    "ORG_LOSES": "loses",
    "ORG_NAMES": "names",
    "ORG_OUSTS": "ousts",
    "ORG_PROMOTES": "promotes",
    "ORG_TAKES_PERSON": "takes on",
    "PERSON_JOINS": "joins",
    "PERSON_LEAVES": "leaves",
    "PERSON_STEPS": "steps up or down",
    "PERSON_SUCCEEDS": "succeeds",
    "SEARCH": "looks for",
}
_VOICE = {"": "", "+be": ", passive", "+ed": ", participle"}
# Of the bare verb: how often it tells a move, in fourths.
_SURE = {"0": "hardly ever", "1": "seldom", "2": "as often as not", "3": "mostly", "4": "nearly always"}


def worded_verb(kind: str, rest: str) -> str:
    """What a sentence's verb, highest post and world are, and what the whole is of."""
    match kind, *rest.split(" "):
        case "gq", told if told[:2] in ("t:", "s:"):
            return f"{_PLACES[told[0]]} speaks of {_world(told[2:])}"
        case "gr", "certain", "public", public:
            return "the grammar alone is certain" + (", but for words of public life" if public == "True" else "")
        case "gcore", ("t" | "s") as field, sure, level, *public:
            world = {"True": ", words of public life", "False": f", {_CLEAN}"}.get("".join(public), "")
            verb = "no verb that tells a move" if sure == "0" else f"a verb that {_SURE.get(sure, 'perhaps')} tells a move"
            return f"{_PLACES[field]}: {verb}, {_kind('R' + level) if level in _LEVELS else 'no post'}{world}"
        case ("gt" | "gs") as where, world, template, *action:
            verb = _verb(template, "".join(action))
            return f"{_PLACES[where[1]]}: {verb} with {'' if world == 'clean' else 'words of '}{_world(world)}"
    return ""


def worded_place(parts: Sequence[str]) -> str:
    """Where a person, a name or a post stands: between what, by which verbs, called what."""
    match parts:
        case [field, kind, "p1", before, "n1", behind]:
            told = f"{_kind(kind)} between {_neighbour(before)} and {_neighbour(behind)}"
        case [field, kind, "fb", left, right]:
            told = f"{_kind(kind)}, before it {_verb(left)}, behind it {_verb(right)}"
        case [field, "clean", kind, toward]:
            told = f"{_kind(kind)} {_toward(toward)}, {_CLEAN}"
        case [field, kind, toward] if toward == "-" or toward[:2] in ("S:", "O:"):
            told = f"{_kind(kind)} {_toward(toward)}"
        case [field, kind, ""]:
            told = f"{_kind(kind)} without “new”, “former” or the like"
        case [field, kind, modifier]:
            told = f"{_kind(kind)}, “{modifier}”"
        case _:
            return ""
    return f"{_PLACES[field]}: {told}" if field in _PLACES else ""


def worded_clause(parts: Sequence[str]) -> str:
    """Who stands before and behind a verb, or what right beside a post."""
    match parts:
        case [field, "^", ">", post, *age]:
            told = f"{_posted(post, age)} at the beginning"
        case [field, word, ">", post, *age]:
            told = f"{_neighbour(word)} right before {_posted(post, age)}"
        case [field, post, *age, "<", word]:
            told = f"{_posted(post, age)} {_before(word)}"
        case [field, *before, verb, "+", word] if before:
            told = f"{_listed(before)} {_deed(verb)}, {_before(word)}"
        case [field, world, verb, *here] if world == "clean" or world in PUBLIC:
            # Beside a deed who is there, in no order; beside how sure the verb is the highest post alone.
            others = "no post" if verb in _SURE and here == ["-"] else _listed(here) if any(here) else "nobody"
            told = f"{_deed(verb)} with {others}, {_CLEAN if world == 'clean' else 'words of ' + _world(world)}"
        case [field, *told_of] if told_of:
            at = next((n for n, word in enumerate(told_of) if word in _SURE or not _is_kind(word)), len(told_of) - 1)
            told = f"{_listed(told_of[:at])} {_deed(told_of[at])} {_listed(told_of[at + 1 :])}"
        case _:
            return ""
    return f"{_PLACES[field]} clause: {told}" if field in _PLACES else ""


def _world(name: str) -> str:
    return _WORLDS.get(name, name)


def _is_kind(word: str) -> bool:
    bare = word.removesuffix("'s")
    return bare in _KINDS or _POST.match(bare) is not None


def _kind(word: str) -> str:
    """A person, a name, an organisation, or a post of a level."""
    bare = word.removesuffix("'s")
    if found := _POST.match(bare):
        level, marks = found.groups()
        said = _LEVELS.get(level, ("a post", "posts"))["s" in marks]
        return said + (", former" if "x" in marks else "") + (" by a general word" if "g" in marks else "")
    if bare in _KINDS:
        return _KINDS[bare] + ("’s" if bare != word else "")
    return f"a post called “{bare}”"  # what stands before it: "new", "acting"


def _neighbour(word: str) -> str:
    """What stands beside: a kind, a verb or the word itself."""
    if word.startswith("F:"):
        return _verb(word[2:])
    if word in _ACTIONS:
        return _deed(word)
    return _kind(word) if _is_kind(word) and word != "-" else f"“{word}”"


def _before(word: str) -> str:
    return "at the end" if word == "$" else f"right before {_neighbour(word)}"


def _posted(post: str, age: Sequence[str]) -> str:
    """A post and whether it is new or old."""
    return _kind(post) + {"new": ", new,", "old": ", outgoing,"}.get("".join(age), "")


def _listed(words: Sequence[str]) -> str:
    return ", ".join(_kind(word) if _is_kind(word) else f"“{word}”" for word in words)


def _deed(word: str) -> str:
    """A verb by what it tells (``hire``), by itself (``hire.poach``), or by how often it tells a move (``3``)."""
    if word in _SURE:
        return f"[a verb that {_SURE[word]} tells a move]"
    action, _, verb = word.partition(".")
    return f"[{action}: {verb.replace('(n)', '(noun)').replace('_', ' ')}]" if verb else f"[{action}]"


def _verb(template: str, action: str = "") -> str:
    """A verb by how subject and object fill the slots."""
    if template == "-":
        return "no verb"
    return f"[{_TEMPLATES.get(template, template.replace('_', ' ').lower())}{f': {action}' if action else ''}]"


def _toward(direction: str) -> str:
    """On which side of which verb somebody stands."""
    if direction == "-":
        return "beside no verb"
    side, _, told = direction.partition(":")
    verb, plus, voice = told.partition("+")
    template, _, action = verb.partition(":")
    return f"{'before' if side == 'S' else 'behind'} {_verb(template, action)}{_VOICE.get(plus + voice, '')}"
