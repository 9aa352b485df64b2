"""Short forms of first names that do not begin as the long ones do: "Bill" for William, "Mike" for Michael."""

from __future__ import annotations

# Each is one name with its spellings; a short form of several stands in all ("Ted": Edward, Theodore). "Tim" and "Dan" need none.
_FORMS = (
    "abraham abe|alan al|albert al|alexander sasha|alfred al|amanda mandy|andrew andy drew|anthony tony|barbara babs|"
    "catherine katherine kathryn kate kathy cathy katie|charles charlie chuck|christina tina|christine tina|cynthia cindy|"
    "deborah debra debbie|dmitry dmitri dima|edmund ed|edward ed eddie ned ted|edwin ed|elizabeth liz beth betsy betty|"
    "emmanuel manny|eugene gene|francis frank|francisco frank paco|geoffrey geoff jeff|gerald jerry|harold hal harry|"
    "henry hank harry|ignacio nacho|jacob jake|james jim jimmy|jeffrey jeff|joanna jo|joanne jo|john jack johnny|josephine jo|"
    "lawrence laurence larry|manuel manny|margaret maggie meg peggy|michael mike mick|mikhail misha|patricia trish patty|"
    "rebecca becky|richard dick rick rich|robert bob bobby rob|susan sue|suzanne sue|theodore ted|thomas tom tommy|"
    "victoria vicky|walter walt wally|william bill billy will"
)
_NAMES_OF: dict[str, frozenset[int]] = {}
for _number, _line in enumerate(_FORMS.split("|")):
    for _form in _line.split():
        _NAMES_OF[_form] = _NAMES_OF.get(_form, frozenset()) | {_number}


def one_first_name(a: str, b: str) -> bool:
    """Whether two first names, folded, may be forms of one.

    >>> one_first_name("bill", "william"), one_first_name("bill", "robert")
    (True, False)
    """
    return not _NAMES_OF.get(a, frozenset()).isdisjoint(_NAMES_OF.get(b, frozenset()))
