"""Names of places that no list has, told by how they are built and by what stands beside them.

A county says so itself, a town is told with its state ("Quill Falls, Ohio"), after a preposition ("a data center in
Quillsby") or by those who live there ("Quillsby residents"). In Title Case only a word that is no common one can be a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import monitor.classify.words.lexicon as lexicon
from monitor.classify.words.document import Sentence
from monitor.classify.words.guarded import Guards
from monitor.classify.words.name_words import ORG_WORDS

Stretch = tuple[int, int]
_NAME = r"[A-ZÀ-Þ][\w'’-]+"
_COUNTY = re.compile(
    rf"\b(?P<name>(?:(?:St\.|{_NAME})\s){{1,2}}(?:County|Parish|Township|Borough|Prefecture|[Pp]rovince|District))\b"
    rf"|\b(?P<irish>County\s{_NAME})"
)
COUNTIES = ("County", "Parish", "Township", "Borough", "Prefecture", "rovince", "District")
# What makes a county the name of those who act: "Quill County Council".
_BODY = re.compile(
    r"\s(?:Council|Commission|Commissioners|Board|Supervisors|Executive|Judge|Attorney|commissioners|supervisors|officials|court)"
)
_OWNER = re.compile(r"['’]s?$")
# "Public Power District" is a utility.
_NO_COUNTY = frozenset("public power school water municipal utility irrigation health fire park conservation business".split())
_OWNERS = frozenset({"george", "anne", "mary", "john"})  # Prince George's County
# The first of two words of a name though it is a common one.
_OPENERS = frozenset(
    "new fort port san santa st. saint mount mt. lake el la los las grand great big little north south east west red "
    "white black green blue salt cedar council palo rio baton des eau holly oak rock pine homer college garden rapid "
    "high royal glen park silver sugar sterling twin upper lower old cape point box prince king queen fond iowa "
    "kansas michigan oklahoma jersey".split()
)
_CLOSERS = frozenset(
    "township city falls rapids springs beach heights hills valley park grove lake creek ridge bluffs bay island "
    "junction village oak pleasant washington rock hill town center harbor point mills".split()
)
_SMALL = frozenset("de del do da dos la las los upon on le".split())
# Words with a capital before a town that are none of its name.
_NO_TOWN = frozenset("in at near to for of from on the a as by its with new ai data center centers centre power sources".split())
_NO_TOWN_BEFORE_SITES = _NO_TOWN | ORG_WORDS
_KINDS = frozenset(
    "city county town village township borough parish district state council commission committee board panel senate house "
    "legislature assembly parliament cabinet court lawmakers supervisors commissioners".split()
)
_PREPOSITIONS = frozenset("in near outside to at of around".split())
_BEFORE = re.compile(rf"(?P<town>(?:(?:St\.|{_NAME})\s(?:(?:de|la|del|do|upon)\s)*){{0,3}}{_NAME}),\s$")
_IN = re.compile(
    r"\b(?i:in|near|outside(?:\sof)?|at\sits|at\stheir|(?:coming|comes|heading|headed)\sto|heads\sfor|picks|"
    r"chooses|selects|splits|divides|roils|rattles|"
    r"(?:(?:north|south)?(?:east|west)|north|south|outskirts)\sof|(?:planned|proposed|slated)\sfor|"
    r"(?:ashore|concrete|construction|ground|land|lands|pouring|steel|work)\sat)\s"
    rf"(?P<town>(?:St\.\s)?{_NAME}(?:\s(?:(?:de|la|do|del|upon)\s){{0,2}}{_NAME}){{0,2}})"
)
_SITE = re.compile(r"^\s(?i:ai\s)?(?i:data|campus|site|plant|fab|facility|complex)")
_JOINED = re.compile(r"-[a-z]")  # "Asia-focused"
# What joins the parts of one town's name: "Quilly-le-Vieux", "Stoke-on-Quill".
_LINKED = re.compile(r"-(?:le|la|les|lès|l[eè]z|sur|sous|en|de|du|des|aux?|on|upon|under|by|am|an|im|in|der|bei|ob)-(?=[A-ZÀ-Þ])")
_ANY = re.compile("")
_FOLLOWED = {
    "at": _SITE,
    **dict.fromkeys(("picks", "chooses", "selects"), re.compile(r"^\s(?:for|as)\b")),
    **dict.fromkeys(("splits", "divides", "roils", "rattles"), re.compile(r"^(?:$|[,.;:]|\s(?:over|after|as)\b)")),
}
_LAND = re.compile(
    rf"\b(?i:in|near|across|to)\sthe\s(?P<land>(?:{_NAME}\s){{1,2}}(?:Valley|Basin|Desert|Peninsula|Delta|Highlands|Plains|Islands))\b(?!\sAuthority)|"
    rf"\bon\s(?:the\s)?(?P<isle>(?:{_NAME}\s){{1,2}}Island)\b"
)
_AT = re.compile(  # "a reactor at Quill Point"
    rf"\bat\s(?P<land>(?:{_NAME}\s){{1,2}}(?:Point|Falls|Rapids|Springs|Creek|Ridge|Island|Bay|Beach|Heights|Bluffs|Junction|Harbou?r))\b"
)
_LAST = re.compile(rf"\b(?:at|for)\s(?P<town>{_NAME})$")
_SHORTEST = 4  # letters of a town of one word
_LIVE = re.compile(
    rf"(?P<town>(?:(?:St\.|{_NAME})\s){{0,2}}{_NAME})\s(?i:residents|homeowners|neighbou?rs|locals|voters|city\scouncil|town\scouncil|"
    r"village\sboard|commissioners|supervisors|councillors|planners|villages|villagers|mayor|farmers|ranchers|"
    r"officials\s(?:approve|reject|vote|weigh|back|ok)s?|"
    r"(?:approves|weighs|considers|passes|extends|imposes|adopts|mulls|rejects)\s(?:\w+\s){0,2}(?:moratorium|ban|tax\sbreaks?|rezoning|"
    r"zoning|ordinance|permits?)|planning\scommission(?:ers)?|planning\sboard|township\sboard|selectmen|aldermen)\b"
    rf"|(?P<seat>(?:(?:St\.|{_NAME})\s)?{_NAME})\scouncil(?!\sof)\b"
)
# Words that the three patterns cannot do without, which try every capital of a sentence: most sentences have none of them.
_TELLING = (
    ("valley", "basin", "desert", "peninsula", "delta", "highlands", "plains", "island"),
    ("point", "falls", "rapids", "springs", "creek", "ridge", "island", "bay", "beach", "heights", "bluffs", "junction", "harbo"),
    (
        *("resident", "homeowner", "neighbo", "locals", "voters", "council", "board", "commission", "supervisors", "planners"),
        *("villages", "villagers", "mayor", "farmers", "ranchers", "officials", "selectmen", "aldermen", "approves"),
        *("weighs", "considers", "passes", "extends", "imposes", "adopts", "mulls", "rejects"),
    ),
)
_HELD = Guards(*_TELLING)
_SITES = (" site", " campus", " fab", " plant")
# "the Quillsby campus": a town, or a firm of that name. What a firm has there ("Osprey's Quillsby campus") is surely a town.
_HEAD = re.compile(
    r"\s(?:AI\s)?(?i:campus|site|plant|fab|complex|gigafactory|facility|data\s?cent(?:er|re)s?|capacity|expansion|substation|"
    r"data\shalls?|server\s(?:farm|park)|cloud\sregion|land|build(?:-?out)?)\b"
)
_HEADED = re.compile(rf"(?P<before>\S+)\s(?P<town>(?:(?:St\.|{_NAME})\s(?:(?:de|la|del|do|upon)\s)*)?{_NAME})\Z")
_LAID_OUT = re.compile(
    r"\b(?:stakes?|shares?|invest(?:s|ed|ing|or|ors|ment|ments)?|interest|position|holdings?|confidence|trust)\s(?i:in)\s$", re.I
)
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_PAPERS = frozenset("times post herald journal tribune gazette telegraph chronicle".split())
_NO_PLACE = frozenset(
    "january february march april june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday congress parliament earth washington summer spring autumn winter bitcoin republican democratic democrat "
    "republicans democrats hollywood trump biden project series phase wall western eastern northern southern main white "
    "capitol suburban".split()
)


def county(source: str, sentence: Sentence, start: int, end: int) -> tuple[int, int, bool] | None:
    """The first county from ``start`` to ``end``, and whether it is one that acts ("Quill County Council")."""
    if not any(word in sentence.text for word in COUNTIES):
        return None
    for found in _COUNTY.finditer(source, start, end):
        begin = found.start()
        if found["name"] is not None:
            begin = found.end() - len(_name_of_county(found["name"], sentence))
            if begin >= found.end() - len("County"):
                continue
        elif _BODY.match(source[found.start("irish") + len("County") : found.end()]):
            continue
        return begin, found.end(), _BODY.match(source, found.end()) is not None
    return None


def _name_of_county(text: str, sentence: Sentence) -> str:
    """ "Quill County" of "Osprey's Quill County" and "Osprey Picks Quill County"."""
    *names, kind = text.split(" ")
    if len(names) == 2:
        first = names[0]
        stem = _OWNER.sub("", first).lower()
        owner = stem != first.lower() and stem not in _OWNERS
        if owner or stem in _NO_TOWN - {"new"} or _plain(first, sentence):
            names.pop(0)
    if names[-1].lower() in _NO_COUNTY:
        return ""
    stem = _OWNER.sub("", names[0]).lower()
    if len(names) == 1 and (stem in _NO_TOWN or stem in ("every", "each", "another", "one", "this", "that", "our", "local")):
        return ""
    return " ".join([*names, kind])


def _plain(word: str, sentence: Sentence) -> bool:
    """A word that in Title Case, or where a sentence begins, is more likely a verb or an adjective than part of a name."""
    low = word.lower()
    return low not in _OPENERS and low in lexicon.common_words() and (sentence.loud or sentence.text.startswith(word))


def town_before(source: str, sentence: Sentence, start: int) -> int:
    """Where "Quill Falls, " begins before the state at ``start``; ``start`` itself without one."""
    floor = max(sentence.start, start - 60)
    before = _BEFORE.search(source[floor:start])
    if before is None:
        return start
    words = before["town"].split(" ")
    last = max((n for n, word in enumerate(words) if word.lower() in _PREPOSITIONS), default=-1)
    words = words[last + 1 :]
    behind = source[floor : floor + before.start()].rstrip().rpartition(" ")[2].lower()
    whole = last >= 0 or behind in _PREPOSITIONS
    kept: list[str] = []
    for n in range(len(words) - 1, -1, -1):
        word, low = words[n], words[n].lower()
        if kept and not _goes_with(word, kept, sentence, whole):
            break
        if not kept and not whole and sentence.loud and _common(word) and low not in _CLOSERS:
            break
        if low in _NO_TOWN - {"new"} or low in _MONTHS or (word.isupper() and len(word) > 2) or _OWNER.search(word):
            break
        kept.insert(0, word)
    while kept and kept[0].lower() in _SMALL - {"la", "las", "los", "de"}:
        kept.pop(0)
    if not kept or (kept[0].lower() == "new" and len(kept) == 1):
        return start
    at = source.rfind(" ".join(kept), floor, start)
    return at if at >= 0 else start


def _goes_with(word: str, kept: list[str], sentence: Sentence, whole: bool) -> bool:
    """Whether a capitalised word before those of a town is part of its name."""
    low = word.lower()
    if low in _SMALL or low in _OPENERS or kept[0].lower() in _SMALL:
        return True
    if kept[0].lower() in _CLOSERS and len(kept) == 1:
        return True
    return whole if sentence.loud else (whole or len(kept) < 2) and not _known(word)


def in_towns(source: str, sentence: Sentence, start: int, end: int) -> Iterator[Stretch]:
    """Towns that no list has: "in Quillsby", "Quillsby residents"."""
    for found in _IN.finditer(source, start, end):
        at = found.start("town")
        if not source[at].isupper() or _LAID_OUT.search(source[max(start, at - 24) : at]):
            continue
        length = _town_in(found["town"], sentence, source[found.end("town") : found.end("town") + 2])
        behind = source[at + length : at + length + 12]
        if length and _FOLLOWED.get(found.group().split(" ")[0].lower(), _ANY).match(behind):
            yield at, at + length
    lands, points, people = map(_HELD.held(sentence.text).__contains__, range(3))
    for found in _LAND.finditer(source, start, end) if lands else ():
        yield found.span("land" if found["land"] else "isle")
    for found in _AT.finditer(source, start, end) if points and not sentence.loud else ():
        if not any(map(_known, found["land"].split(" "))):
            yield found.span("land")
    for found in _LIVE.finditer(source, start, end) if people else ():
        field = "town" if found["town"] else "seat"
        words = found[field].split(" ")
        while words and (_plain(words[0], sentence) or _OWNER.search(words[0]) or words[0].lower() in _NO_TOWN):
            words.pop(0)
        owner = _OWNER.search(words[-1]) if words else None  # "Quillsby's council"
        end = found.end(field) - (len(owner.group()) if owner is not None else 0)
        name = source[found.end(field) - len(" ".join(words)) : end]
        if name and name.lower() not in _KINDS and _may_be(name, sentence):
            yield end - len(name), end


def at_last(source: str, sentence: Sentence) -> Stretch | None:
    """The name that a headline ends with: "package for Quillsby", "slows at Quillsby"; a town's, where it is no known firm's."""
    found = _LAST.search(source, sentence.start, sentence.end) if sentence.field == "title" and not sentence.loud else None
    return found.span("town") if found is not None and _may_be(found["town"], sentence) else None


def by_sites(source: str, sentence: Sentence) -> Iterator[tuple[int, int, bool]]:
    """Names before a campus, a plant or a site, and whether they are surely towns: before a campus, or a firm's own. In Title
    Case only between a small word and the head."""
    for head in _HEAD.finditer(source, sentence.start, sentence.end):
        found = _HEADED.search(source[max(sentence.start, head.start() - 60) : head.start()])
        if found is None:
            continue
        before, (*first, last) = found["before"], found["town"].split(" ")
        if first and (_OWNER.search(first[0]) or _known(first[0])):
            before, first = first[0], []
        town = " ".join([*first, last])
        owned = _OWNER.search(before) is not None
        if sentence.loud:
            told = before.islower() and not any(_common(word) or _known(word) for word in [*first, last])
        else:
            told = owned or before == "The" or not (before[0].isupper() or before[-1] in ".,:;")
        told = told and before.lower() not in ("a", "an")  # "a Quillmark campus" is a firm's
        plain = owned and not first and not sentence.loud and head.group().endswith(_SITES) and town[1:].islower()
        plain = plain and town.lower() not in _NO_PLACE and not _known(town)  # "Osprey's Clay site"
        if told and not _OWNER.search(town) and last.lower() not in _NO_TOWN_BEFORE_SITES and (plain or _may_be(town, sentence)):
            yield head.start() - len(town), head.start(), not sentence.loud and (owned or "campus" in head.group())


def _town_in(text: str, sentence: Sentence, after: str) -> int:
    """How many characters of a capitalised run are the town's name, 0 for none."""
    words = text.split(" ")
    size = len(words) if not sentence.loud else 0
    while sentence.loud and size < len(words) and _goes_on(words, size):
        size += 1
    while size and words[size - 1].lower() in _SMALL:
        size -= 1
    name = " ".join(words[:size])
    if (
        not name
        or (size > 1 and words[size - 1].lower() in _PAPERS)
        or any(map(_OWNER.search, words[:size]))
        or after[:1] in ("'", "’", "-", "&")
        or not _may_be(name, sentence)
    ):
        return 0
    return len(name)


def _goes_on(words: list[str], n: int) -> bool:
    """Whether in Title Case a word is still the town's: an uncommon one, or one that opens a name ("Port Quill")."""
    low = words[n].lower()
    opens = low in _OPENERS and n + 1 < len(words) and not _common(words[n + 1])
    return low in _SMALL or opens or not _common(words[n])


def _common(word: str) -> bool:
    """In Title Case rarer words, too, are none of a name."""
    return word.lower() in lexicon.dictionary()


def _may_be(name: str, sentence: Sentence) -> bool:
    """Whether a name can be a place's: no firm, product or word that is known, no figures or capitals inside."""
    words = (_LINKED.sub(" ", name) if "-" in name else name).split(" ")
    if any(
        word.lower() in _NO_PLACE or any(c.isdigit() for c in word) or word[1:] != word[1:].lower() or _JOINED.search(word)
        for word in words
    ):
        return False
    known = _known(name) or _known(words[0]) or any(low in lexicon.products() for low in (name.lower(), words[0].lower()))
    if known or (sentence.loud and all(map(_common, words))):
        return False
    return len(words) > 1 or (len(name) >= _SHORTEST and not _common(name))


def _known(name: str) -> bool:
    return name in lexicon.orgs_by_alias()
