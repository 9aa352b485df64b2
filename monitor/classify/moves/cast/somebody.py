"""What small words say of a name that shape leaves open: "Osprey's X Y to leave", "predecessor X Y", "X becomes chairman".

Many a name begins with no first name that is known. ``kinds`` asks here what else stands beside it; a little (1) makes it one
that may be a person's as well as a firm's, more decides.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import monitor.classify.words.lexicon as lexicon
from monitor.classify.moves.cast.doings import NEAR, SAYS, a_persons, does
from monitor.classify.moves.cast.goings import BE
from monitor.classify.moves.cast.in_short import in_short
from monitor.classify.parsing.capitals import modifies
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import beside, is_post, template
from monitor.classify.words.name_words import FIRMS_TOO, KIN, OF_SURNAMES, ORG_WORDS, PARTICLES, SURNAMES_ABROAD, VAGUE

_MOST = 5  # words of a name
_SHORT = 5  # letters of an abbreviation, and one
_NOUNS = KIN | frozenset(
    "predecessor successor replacement deputy heir heiress scion cousin trustee billionaire tycoon financier colleague protege "
    "protégé lieutenant confidant ally head co-head chief boss captain newcomer outsider dealmaker rainmaker hotelier banker "
    "lawyer economist technologist scientist researcher engineer trader adviser advisor pm exec executive non-exec "
    # What somebody is famed for, or learned: "chip wizard X Y", "private equity star X Y".
    "star superstar luminary wizard whiz whizz guru ace maverick supremo titan mogul magnate maestro visionary stalwart prodigy "
    "professor academic physicist mathematician chemist statistician roboticist neuroscientist cryptographer quant programmer "
    "coder structurer troubleshooter fixer negotiator businessman businesswoman industrialist philanthropist diplomat technocrat "
    "journalist columnist architect surgeon oncologist geologist barrister attorney lobbyist financier".split()
)
_CLOSE = frozenset("colleague cousin deputy predecessor replacement heir".split())  # no firm is one
_AT = frozenset("at of from for in to".split())
_BECOMES = frozenset("becomes became remains remained stays becoming is was".split())
_BETWEEN = frozenset("now also most recently previously currently formerly then as until".split())
_TAKE = frozenset({"ORG_NAMES", "ORG_PROMOTES", "ORG_OUSTS"})
_HAND = frozenset({"hand", "hands", "handed", "handing", "to hand"})
_GIVES_WAY = frozenset({"PERSON_STEPS", "HANDOVER"})
_ENDS = frozenset(", ; : – — | and ?".split())
_PLACES = frozenset("out in acting goes exits aside".split())
_SEATS = frozenset("seat title role chair job post reins helm position".split())
_WHICH = frozenset({"last", "next", "first", "second", "third", "final"})
_OF_LIFE = frozenset({"day", "act", "chapter", "job", "gig", "career", "stint"})  # "X's last day", "X Y's second act"
_HIS = frozenset("successor term tenure replacement resignation retirement sabbatical promotion protege protégé".split())


def told(items: Sequence[Chunk], i: int) -> int:
    """How much small words beside chunk ``i`` speak for a person."""
    c = items[i]
    if c.kind != "name" or not _may_be(c):
        return 0
    if c.owns:
        return _own(items, i)
    if " " in c.text:
        particle = 3 * _with_particle(c.text.split())
        said = max(_either(items, i), _beside(items, i), _post(items, i), does(items, i), _apposed(items, i))
        return max(particle, said, in_short(items, i))
    return max(_either(items, i), _post(items, i), _alone(items, i), in_short(items, i))


def _may_be(c: Chunk) -> bool:
    """Whether a name is none of words of the language, of firms or of places."""
    words = c.text.split()
    if _with_particle(words):
        words = words[:1]  # "van den Brook" is nothing but a surname
    words = [word for word in words if word.lower() not in PARTICLES]
    if len(words) == 2 and words[1].lower() in SURNAMES_ABROAD:
        words = words[:1]
    if not 1 <= len(words) <= _MOST or modifies(c.low) or c.low.startswith("el ") or c.low in lexicon.products():
        return False
    return not any(map(_no_name, words))


def _with_particle(words: Sequence[str]) -> bool:
    """ "Quorrin van den Brook"."""
    return any(word in OF_SURNAMES for word in words[1:-1])


def _no_name(word: str) -> bool:
    low = word.lower()
    said = low in lexicon.dictionary() or low in lexicon.common_words() or low in ORG_WORDS or low in lexicon.place_names()
    return said or not word[:1].isupper() or len(word) == 1 or (word.isupper() and len(word) < _SHORT)


def _own(items: Sequence[Chunk], i: int) -> int:
    """ "X's successor", "X Y's term", "Osprey veteran X Y's jump to Corvid"."""
    after, third = beside(items, i + 1), beside(items, i + 2)
    if after is None:
        return 0
    if " " in items[i].text and is_post(beside(items, i - 1)):
        return 3
    if after.low in _HIS or (after.low in _WHICH and third is not None and third.low in _OF_LIFE):
        return 2
    leaves = after.frame is not None and after.frame.template == "NOUN_PERSON" and after.frame.action in ("depart", "retire")
    return int(leaves and " " in items[i].text)  # a firm has an exit, too


def _beside(items: Sequence[Chunk], i: int) -> int:
    """ "Osprey's X Y", "Ada Quill and X Y", "predecessor X Y", "Osprey's deputy, X Y,"."""
    before, second, after, third = (beside(items, n) for n in (i - 1, i - 2, i + 1, i + 2))
    if before is not None:
        if before.low == "by" or template(before) == "ORG_LOSES":
            own = second is not None and second.kind == "person"  # "Ada Quill says goodbye to Osprey Vale"
            return int(before.low != "by" and not own)  # firms lose firms, too
        if before.low in _NOUNS or (before.low == "," and second is not None and second.low in _NOUNS):
            return 3
        if before.low == "lead" and second is not None and not second.low.endswith("s"):
            return 3 * any(c.owns for c in items[max(i - 4, 0) : i - 1])  # "Osprey's design lead X Y"
        if before.named and before.owns and before.kind != "person" and (second is None or second.low not in _AT):
            return 2
        if before.low == "and" and second is not None and second.kind == "person" and not second.owns:
            return 2
        taker = beside(items, i - 3)
        if before.low in (",", "and") and template(taker) in _TAKE and taker is not None and not taker.low.startswith("announce"):
            return 2 * (second is not None and second.named and " " in second.text and not second.owns)
    return 2 if after is not None and after.low == "and" and third is not None and third.kind == "person" else 0


def _post(items: Sequence[Chunk], i: int) -> int:
    """ "X becomes chairman", "X to chair", "with X as chairman", "X takes CEO seat"; ": X Y" behind a post."""
    before, after, third, fourth = (beside(items, n) for n in (i - 1, i + 1, i + 2, i + 3))
    if before is not None and before.kind == "org" and not before.owns and _holds_it(items, i - 1):
        return 2  # "chief of Osprey X Y"
    if before is not None and before.low == ":" and is_post(beside(items, i - 2)) and " " in items[i].text:
        return 2
    if before is not None and template(before) == "ORG_NAMES" and not before.low.endswith(("ed", "ed as")) and a_persons(after):
        goes_on = third is not None and (third.named or third.kind == "role" or third.low in ("as", "to"))
        vague = after is not None and after.low.rpartition(" ")[2] in VAGUE  # "names Corvid exec"
        return 0 if goes_on or vague else 2  # "names Corvid chairman as chief"
    if after is None or third is None:
        return 0
    if after.low in _BECOMES:
        at = next(n for n in range(i + 2, len(items) + 1) if n == len(items) or items[n].low not in _BETWEEN)
        return 3 * a_persons(beside(items, at))
    if after.low in ("to", "as") and a_persons(third):
        at_firm = before is not None and (before.low in _AT or template(before) in lexicon.PERSON_GOES)
        return 0 if at_firm else 2
    if third.kind == "role" and fourth is not None and fourth.low in _SEATS:
        return 2 if after.low in _TAKES_ON or template(after) in lexicon.PERSON_GOES else 0
    return 0


def _holds_it(items: Sequence[Chunk], firm: int) -> bool:
    of, post = beside(items, firm - 1), beside(items, firm - 2)
    return of is not None and of.low == "of" and is_post(post)


_TAKES_ON = frozenset("takes took reclaims gets assumes adds keeps holds lands landed wins".split())


def _apposed(items: Sequence[Chunk], i: int) -> int:
    """ "X Y, one of its founders,", "X Y, put forward by Osprey, resigned", "its head of design, X Y, will move"."""
    before, after, third = (beside(items, n) for n in (i - 1, i + 1, i + 2))
    if after is None or after.low != ",":
        return 0
    if third is not None and third.low in ("one", "until"):
        post = next((c for c in items[i + 3 : i + NEAR] if c.kind == "role"), None)
        return 2 * (post is not None and post.low.split()[-1].removesuffix("s") not in FIRMS_TOO)
    former = any(c.low.startswith("former") for c in items[i + 2 : i + 5])
    if former and any(a_persons(c) for c in items[i + 2 : i + 7]):
        return 2  # "X Y, a former Osprey partner,"
    close = next((n for n in range(i + 3, min(i + 2 + NEAR, len(items))) if items[n].low == ","), len(items))
    if template(beside(items, close + 1)) == "PERSON_STEPS":
        return 2
    if before is None or before.low != ",":
        return 0
    for n in range(i - 2, max(i - NEAR, -1), -1):
        if items[n].low == "," or items[n].kind == "frame" or items[n].low in BE:
            return 0
        if is_post(items[n]) or items[n].low in _NOUNS:
            lead = beside(items, n - 1)
            return 3 if lead is not None and (lead.owns or lead.low in DETERMINERS) and a_persons(items[n]) else 2
    return 0


_TAKES_OVER = frozenset({"takes over", "took over", "taking over", "take over"})
_PASSES = frozenset("goes go went passes passed falls".split())


def _either(items: Sequence[Chunk], i: int) -> int:
    """ "X out, …", "hands over to X", "departure of X", "puts X in charge", "its new CEO is X", "X hired by Osprey"."""
    before, second, after, third = (beside(items, n) for n in (i - 1, i - 2, i + 1, i + 2))
    if after is not None and third is not None:
        if after.low == "in" and third.low == "charge":
            return 3
        if template(after) == "ORG_TAKES_PERSON" and after.low.endswith("ed") and third.low == "by":
            return 2
    if after is not None and after.low in _PLACES and (third is None or third.low in _ENDS):
        return 2
    if before is None or second is None:
        return 0
    if before.low in ("to", "for") and template(second) in _GIVES_WAY:
        return 3 if "reins" in second.low else 2
    if before.low == "to" and second.low in _SEATS and any(c.low in _HAND for c in items[max(i - 6, 0) : i - 2]):
        return 2  # "hands CEO job to Vashti"
    if before.low == "of" and template(second) == "NOUN_PERSON":
        return 2
    if before.low == "by" and (template(second) == "PERSON_SUCCEEDS" or second.low == "filled"):
        return 2
    if before.named and before.owns and second.low == "by" and template(beside(items, i - 3)) == "PERSON_SUCCEEDS":
        return 2  # "to be replaced by Osprey's X"
    if before.low == "from" and second.low in _TAKES_OVER:
        return 2
    third_before = beside(items, i - 3)
    if before.low == "to" and second.low in _PASSES and third_before is not None and third_before.low in _SEATS:
        return 2
    return 2 * (before.low in ("is", "was") and a_persons(second))


def _alone(items: Sequence[Chunk], i: int) -> int:
    """ "Colleague Quill", "Quill promoted to", "as Quill leaves", "…, Quill to exit": a surname alone."""
    before, second, after, third = (beside(items, n) for n in (i - 1, i - 2, i + 1, i + 2))
    if template(after) == "ORG_PROMOTES" and after is not None and after.low.endswith("ed"):
        return 2 * (third is not None and third.low in ("to", "from", "as"))
    if before is None:
        return 0
    if before.low in _CLOSE or (before.low == "from" and second is not None and second.low in _SEATS):
        return 2
    if before.low in ("as", "after", "when", "while") and template(after) == "PERSON_LEAVES":
        return 1
    if before.low in (",", ":", ";") and after is not None and after.low.partition(" ")[0] == "to":
        goes = template(after) in lexicon.PERSON_GOES or template(third) in lexicon.PERSON_GOES
        return int(goes or (third is not None and third.named and (beside(items, i + 3) is None or items[i + 3].low in _ENDS)))
    return _of_owner(items, i) if before.named and before.owns else 0


def _of_owner(items: Sequence[Chunk], i: int) -> int:
    """ "names Osprey's Quill", "Osprey's Quill to give up CEO role"."""
    after, taker = beside(items, i + 1), template(beside(items, i - 2))
    if taker in ("ORG_NAMES", "ORG_TAKES_PERSON"):
        return 2 * (taker == "ORG_NAMES" or after is None or after.low in _ENDS)
    acts = after is not None and (after.low in BE or template(after) in lexicon.PERSON_GOES)
    return int(acts and any(is_post(c) for c in items[i + 2 : i + NEAR]))


DETERMINERS = frozenset("its the their his her a an".split())


def may_bear(c: Chunk, after: Chunk | None) -> bool:
    """Whether a single word behind a post may be a name: no verb ("CEO Reframe Its"), no unit ("vice president Commercial,")."""
    if after is None:
        return len(c.text) > 2  # a headline that was cut
    if after.low in DETERMINERS:
        return False
    return c.low not in lexicon.dictionary() or after.kind == "frame" or after.low in BE or after.low in SAYS


def announces_own(items: Sequence[Chunk], i: int) -> bool:
    """ "X announces his retirement", "X has announced that he will", "X names Ben Hart as her successor": a person does."""
    after = beside(items, i + 1)
    verb = i + 1 + (after is not None and after.low in ("has", "have", "had"))
    told, third, fourth = (beside(items, n) for n in (verb, verb + 1, verb + 2))
    if told is not None and told.low.startswith("name"):
        rest = [c.low for c in items[verb + 1 : verb + 7]]
        return any(mine in ("his", "her") and heir == "successor" for mine, heir in itertools.pairwise(rest))
    if told is None or third is None or not told.low.startswith("announce"):
        return False
    return third.low in ("his", "her") or (third.low == "that" and fourth is not None and fourth.low in ("he", "she"))


_NO_TAKING = frozenset("talk talks speculation rumours rumors reports claims on off".split())


def takes_nobody(items: Sequence[Chunk], i: int) -> bool:
    """Whether a verb that takes somebody else takes nobody here: "announces his retirement", "Ada Quill signs on to 2029"."""
    third = beside(items, i + 2)
    if announces_own(items, i) or lands_post(items, i):
        return True
    return items[i].kind == "person" and third is not None and third.low in _NO_TAKING


def lands_post(items: Sequence[Chunk], i: int) -> bool:
    """ "Ada Quill lands Corvid CEO job", where "Corvid lands Osprey CEO" takes somebody."""
    if items[i].kind != "person" or beside(items, i + 1) is None or items[i + 1].low not in _LANDS:
        return False
    post = next((n for n in range(i + 2, min(i + 6, len(items))) if items[n].kind == "role"), -2)
    return beside(items, post + 1) is not None and items[post + 1].low in _JOBS


_LANDS = frozenset({"lands", "landed", "gets", "wins", "takes"})
_JOBS = frozenset("job role post gig position seat spot title".split())


def leaves_out_verb(items: Sequence[Chunk], i: int) -> bool:
    """ "Bo Arkwright is chief of Corvid, and Ada Quill head of sales": the second "is" is not said."""
    before, third = beside(items, i - 1), beside(items, i + 2)
    return items[i].kind == "person" and before is not None and before.low == "and" and third is not None and third.low == "of"


_INITIALS = re.compile(r"(?:[A-Z][.] ?){1,3}[A-Z][\w'’-]+ [A-Z][\w'’-]+")


def has_initials(text: str) -> bool:
    """ "T.K. Ranga Quill": initials before two words, none of which a firm's name ends in."""
    return _INITIALS.fullmatch(text) is not None and text.rpartition(" ")[2].lower() not in ORG_WORDS
