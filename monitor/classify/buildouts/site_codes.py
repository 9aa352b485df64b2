"""What a site is called by a code, a number or as a machine: "its QL7 data center", "the Quill Forge 2 campus", "Norway's Olivia
supercomputer".

Firms number what they build, and a number is what tells the second site from the first.
"""

from __future__ import annotations

import re

import monitor.classify.words.lexicon as lexicon
from monitor.classify.words.document import Sentence

_SITE = (
    r"(?i:data\s?cent(?:er|re)|datacent(?:er|re)|campus|facility|fab|site|plant|building|data\shall|substation|"
    r"(?:first|second|third|next|new|final)\sphase|expansion)\b(?!['’]?s)"
)
_NAME = r"[A-Z][\w'’-]+"
_CODE = r"(?<![\w.$€£/-])(?P<code>[A-Z]{1,5}(?:-?\d{1,2}|-\d{3})[A-Za-z]{0,2})(?![\w%$-])"
_WHAT = rf"(?:[\w.,-]+\s){{0,4}}?{_SITE}"
# "its QL7 data center", "M9 Quillsby facility", "QSBY-04, a 21 MW facility", "QSB2 will be a 90 MW campus", "facility (QSB5)".
_CODED = (
    re.compile(rf"{_CODE}\s(?:{_NAME}\s){{0,2}}?{_SITE}"),
    re.compile(rf"{_CODE}[,;:]\s(?:its|an?|the)\s{_WHAT}"),
    re.compile(rf"{_CODE}\s(?:will\sbe|is|was)\san?\s{_WHAT}"),
    re.compile(rf"{_SITE}\s\({_CODE}\)"),
    re.compile(rf"\bat\s(?:its\s)?(?=[A-Z]{{2}}){_CODE}(?=[.,;]|$|\s(?:in|near|outside|on)\s)"),  # "40MW of load at QB7"
)
# "the Quill Forge 2 campus", "at Quill Forge 2 near Osprey"; "Quill Galaxy 5 powers up" opens a headline.
_NUMBERED = (
    re.compile(
        rf"\b(?P<name>(?:{_NAME}\s){{1,2}}[1-9]\d?)\s(?:AI\s)?(?:{_SITE}|(?i:supercomputer|cluster|reactor|data\shalls?)\b)"
    ),
    re.compile(rf"\b(?:at|for|of)\s(?:(?:its|the)\s)?(?P<name>(?:{_NAME}\s){{1,2}}[1-9])\s(?:near|in|outside)\s(?=[A-Z])"),
    re.compile(rf"^(?P<name>(?:{_NAME}\s){{2}}[1-9])\s(?i:powers\sup|goes\slive|comes\sonline|breaks\sground|opens)\b"),
    re.compile(
        rf"^(?P<name>(?:{_NAME}\s){{1,2}}[1-9])\s(?:would|will)\s(?:add|put|supply|deliver|house|hold|bring|power|draw|be)\b"
    ),
)
_MACHINE = re.compile(rf"(?:\b[Tt]he|['’]s)\s(?P<name>{_NAME}(?:\s{_NAME})?)\s(?i:supercomputer)\b(?!['’]?s|\s(?i:cent))")
# What every code and every number of a name has: most figures of a sentence are neither.
_CODE_LIKE, _NUMBER_LIKE = re.compile(r"[A-Z]-?\d"), re.compile(r"\s[1-9]\d?\s")
_OWNER = re.compile(r"['’]s?$")
# Letters and figures that name a chip, a quarter, a summit or a generation.
_NO_CODE = re.compile(
    r"(?:[HQ][1-4]|FY-?\d\d|G(?:7|8|20)|COP-?\d\d|[AB]\d0|HBM\d?[A-Za-z]?|DDR\d[A-Za-z]?|LPDDR\d[A-Za-z]?|MI-?\d+|GB\d+|RTX-?\d+|"
    r"DGX-?\d*|NVL\d+|TPU-?\w+|GPT-?\d+|PUE\d|PM\d+|CO2|EU\d\d|AI\d|EUV\d?|NAND\d|PCI\d|SB-?\d+|HB-?\d+|HR-?\d+|LD-?\d+|AB-?\d+|"
    r"US-?\d+|Y2K)",
    re.I,
)
_NO_NAME = frozenset(
    "phase building unit hall site tier level stage series model version group route highway interstate section part round no "
    "top january february march april may june july august september october november december".split()
)


def coded(source: str, sentence: Sentence) -> tuple[int, int] | None:
    """Where a sentence names a site so; None where it does not."""
    start, end = sentence.start, sentence.end
    if any(map(str.isdigit, sentence.text)):
        for pattern in _CODED if _CODE_LIKE.search(sentence.text) else ():
            for found in pattern.finditer(source, start, end):
                if _is_code(found["code"]):
                    return found.span("code")
        for pattern in _NUMBERED if _NUMBER_LIKE.search(sentence.text) else ():
            for found in pattern.finditer(source, start, end):
                if (begin := _name_begins(found["name"], sentence)) >= 0:
                    return found.start("name") + begin, found.end("name")
    for found in _MACHINE.finditer(source, start, end) if "supercomputer" in sentence.text.lower() else ():
        words = found["name"].split(" ")
        if not any(map(_known, [found["name"], *words])) and not _plain(words[-1]):
            begin = len(words[0]) + 1 if len(words) > 1 and _plain(words[0]) else 0
            return found.start("name") + begin, found.end("name")
    return None


def _is_code(code: str) -> bool:
    return _NO_CODE.fullmatch(code) is None and not _known(code)


def _name_begins(name: str, sentence: Sentence) -> int:
    """Where in "Opens Quill Forge 2" the name begins; -1 for no name."""
    *words, _ = name.split(" ")
    if len(words) > 1 and _OWNER.search(words[0]):
        return len(words[0]) + 1 if not _sure(words[1]) else -1
    if any(map(_known, [name, " ".join(words)])) or any(_sure(word) or word.lower() in _NO_NAME for word in words):
        return -1
    if len(words) > 1 and words[0].lower() in lexicon.common_words() and (sentence.loud or sentence.text.startswith(words[0])):
        return len(words[0]) + 1 if not _plain(words[1]) else -1
    return -1 if all(map(_plain, words)) and sentence.loud else 0


def _plain(word: str) -> bool:
    return word.lower() in lexicon.dictionary()


def _sure(word: str) -> bool:
    """Whether a word is a firm's or product's name and nothing else."""
    org = lexicon.orgs_by_alias().get(word)
    return (org is not None and org.ambiguity == 0) or word.lower() in lexicon.products()


def _known(name: str) -> bool:
    """Whether it is a firm's or a product's, of which others have as many as they buy."""
    return name in lexicon.orgs_by_alias() or name.lower() in lexicon.products()
