"""How a post is said to people: a noun, or what they do where a story told it by a verb ("to lead its chip unit"). Pure."""

from __future__ import annotations

import re

_VERBS = {"lead": "leading", "run": "running", "head": "heading", "oversee": "overseeing", "manage": "managing"}
_PAST = {"lead": "led", "run": "ran", "head": "headed", "oversee": "oversaw", "manage": "managed"}
_FORMS = {form: verb for verb in _VERBS for form in (verb, verb + "s", _VERBS[verb], _PAST[verb])}
_DOES = re.compile(rf"(?:to )?({'|'.join(_FORMS)})\s+(?!of\b)(\S.*)", re.I | re.S)
# "Lead engineer" and "head coach" are posts; "lead the data center" and "lead Client Computing" are not.
_NOUN = re.compile(
    r"(?:\w*(?:engineer|research(?:er)?|design(?:er)?|develop(?:er)?|scientist|architect|director|counsel|manager|investor|partner"
    r"|officer|role|advis[eo]r|editor|writer|producer|analyst|coach|chef|maintainer|programmer|attorney|lawyer|trustee|member))s?$",
    re.I,
)
_BEFORE_OF = re.compile(r" (?:of|for|at|in|on|and) |,")
_DETERMINED = re.compile(r"(?:the|an?|its|his|her|their|our|all|new)\b", re.I)
_BECOMES = re.compile(r"(?:to )?(?:become|becomes|becoming|serve as|serves as|act as)\s+(?:the |an? |its )?(?=\S)", re.I)
_CHARGE = re.compile(r"charge of\b", re.I)
_OTHERS = re.compile(r"^(?:more|other|another|fellow|several|many|two|three|four|five)\s+(?=\w)", re.I)
_MANY = re.compile(
    r"\b(\w*(?:founder|researcher|engineer|executive|exec|scientist|officer|partner|member|designer|developer))s$", re.I
)


def _does(role: str) -> tuple[str, str] | None:
    """The verb, as its infinitive, and what it is done to; None where the role is a noun."""
    found = _DOES.fullmatch(role.strip())
    if found is None:
        return None
    form, rest = found[1].lower(), found[2]
    if form == "managing":  # director, partner, editor
        return None
    if (
        form in ("lead", "head", "leading")
        and not _DETERMINED.match(rest)
        and _NOUN.search(_BEFORE_OF.split(rest, maxsplit=1)[0])
    ):
        return None
    return _FORMS[form], rest


def post(role: str, org: str = "", *, one: bool = True) -> str:
    """A post as a line says it. ``org``: the firm that the line names already; ``one``: it is one person's.

    >>> post("Lead Client Computing"), post("run Corvid", "Corvid"), post("Executive"), post("become head of cloud")
    ('to lead Client Computing', 'to run it', 'executive', 'head of cloud')
    """
    role = _OTHERS.sub("", _BECOMES.sub("", role.strip(), count=1), count=1)
    if did := _does(role):
        return f"to {did[0]} {'it' if org and did[1].casefold() == org.casefold() else did[1]}"
    if _CHARGE.match(role):
        return f"in {role}"
    if one:
        role = _MANY.sub(r"\1", role)
    return role.lower() if role.istitle() and role.isalpha() else role


def is_task(told: str) -> bool:
    """Whether ``post`` told what somebody does, and not what they are."""
    return told.startswith(("to ", "in charge of "))


def doing(role: str) -> str:
    """``leading special projects``; "" for a noun."""
    did = _does(role)
    return f"{_VERBS[did[0]]} {did[1]}" if did else ""


def step(role: str, *, one: bool = True) -> str:
    """A post as it stands beside an arrow: ``COO``, ``leading special projects``."""
    return doing(role) or post(role, one=one)


def had(role: str) -> str:
    """``who led its operations in China``, of somebody who goes; "" for a noun."""
    did = _does(role)
    return f"who {_PAST[did[0]]} {did[1]}" if did else ""
