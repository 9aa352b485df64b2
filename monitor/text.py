"""Titles, tokens and digests: small pure functions over the words of a story."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache

from monitor.ids import digest

QUOTES = "“”„‟«»＂"  # what telephones and writing programs make of a plain "

# Parts of a document whose content is not text a reader sees.
_SILENT = re.compile(r"<(script|style|noscript|template|svg)\b", re.I)
_SILENT_END = {
    name: re.compile(rf"</{name}\b", re.I) for name in ("script", "style", "noscript", "template", "svg")
}  # found one by one: a pattern of both ends is quadratic in what is opened and never closed
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|section|article|hr|figure|pre)\b[^<>]*>", re.I)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
# Characters that change how the rest of a line is shown, and controls: never part of what a story says.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]")
_LONG_REFERENCE = re.compile(r"&#[0-9]{8,}")  # no character; int() refuses more than 4,300 digits
# " - Bloomberg", " | The Verge", " — Data Center Dynamics (DCD)": a masthead after the last separator.
_SUFFIX = re.compile(r"\s+[-–—|·]\s+(?P<outlet>[^-–—|·]{2,48})$")
_RELAYED = re.compile(r"\s+\([^()/]{2,60}/(?P<outlet>[^()/]{2,50})\)$")
_WORD = re.compile(r"[a-z0-9]+(?:[.&'][a-z0-9]+)*")
_STOP = frozenset(
    "a an and are as at be been by for from has have he her his how in into is it its more new not of on or over s she "
    "that the their they this to up was were what when who why will with after amid you your than says said".split()
)

# What the law adds to a firm's name: two spellings that differ in nothing else are one firm. (Short forms that are words of
# other kinds, such as "as" and "ab", are not among them. The ledger keeps names without these: adding one wants it filled anew.)
LEGAL_FORMS = frozenset("inc corp corporation co company ltd limited llc plc ag sa se nv gmbh holdings".split())

# A role goes by its letters and by its words.
ROLES = {
    "ceo": "chief executive officer",
    "cfo": "chief financial officer",
    "coo": "chief operating officer",
    "cto": "chief technology officer",
    "cio": "chief information officer",
    "cpo": "chief product officer",
    "cro": "chief revenue officer",
    "cmo": "chief marketing officer",
    "ciso": "chief information security officer",
    "chro": "chief human resources officer",
    "vp": "vice president",
    "svp": "senior vice president",
    "evp": "executive vice president",
}


def minute(at: datetime) -> str:
    """A time as messages and notices say it: ``2026-05-04 08:30 UTC``."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def counted(number: int, word: str, several: str = "") -> str:
    """``1 outlet``, ``2 outlets``; ``several`` is the plural of a word that takes no s: ``2 stories``."""
    return f"{number} {word if number == 1 else several or f'{word}s'}"


def plain(text: str, limit: int = 4000) -> str:
    """``text`` without markup, entities and invisible characters, white space folded, hyphens of one kind; at most ``limit``
    characters.

    Linear in the length of the text; input beyond 200,000 characters is not looked at.
    """
    text = text[:200_000]
    if "<" in text or "&" in text:
        text = _strip_markup(text)
        if "&" in text:
            text = _unescape(text)
            if "<" in text:  # markup that was escaped once, as most feeds do
                text = _unescape(_strip_markup(text))
    if not text.isprintable():  # which nothing invisible is, and most of a text that is not holds but line ends
        text = _INVISIBLE.sub("", text)
    if not text.isascii():  # a hyphen that forbids a line end is one
        text = text.replace("\u2011", "-").replace("\u2010", "-")
    return " ".join(text.split())[:limit]


def _unescape(text: str) -> str:
    return html.unescape(_LONG_REFERENCE.sub("", text) if "&#" in text else text)


def _strip_markup(text: str) -> str:
    if "<!--" in text:
        text = _COMMENT.sub(" ", text)
    return _TAG.sub("", _BLOCK.sub(" ", _drop_silent(text)))


def _drop_silent(text: str) -> str:
    """``text`` without scripts, styles and the like. One that is never closed is left to lose its tag only."""
    kept, at, unclosed = [], 0, set()
    for opened in _SILENT.finditer(text):
        name = opened[1].lower()
        if opened.start() < at or name in unclosed:
            continue
        closed = _SILENT_END[name].search(text, opened.end())
        if closed is None:
            unclosed.add(name)
            continue
        kept += [text[at : opened.start()], " "]
        at = text.find(">", closed.end()) + 1 or len(text)
    return "".join([*kept, text[at:]]) if kept else text


@lru_cache(maxsize=256)
def split_outlet(title: str) -> tuple[str, str]:
    """A title and the masthead after its last dash or bar, "" where there is none.

    >>> split_outlet("Acme names chief executive - Example Wire")
    ('Acme names chief executive', 'Example Wire')
    """
    found = _SUFFIX.search(title)
    if not found:
        return title, ""
    outlet = found["outlet"].strip()
    # A masthead starts with a capital or digit, or is a domain, has few words and leaves a headline behind.
    shaped = (outlet[:1].isupper() or outlet[:1].isdigit() or "." in outlet) and len(outlet.split()) <= 6
    return (title[: found.start()].strip(), outlet) if shaped and len(title[: found.start()].split()) >= 3 else (title, "")


def split_relayed(title: str) -> tuple[str, str]:
    """A title and the outlet whose story an aggregator passes on in it, "" where it says none.

    >>> split_relayed("Acme names chief executive (Ada Author/Example Wire)")
    ('Acme names chief executive', 'Example Wire')
    """
    found = _RELAYED.search(title) if title.endswith(")") else None
    return (title[: found.start()], found["outlet"]) if found else (title, "")


def headline(title: str, outlet: str = "") -> str:
    """``title`` without the masthead behind it, or the author and outlet that an aggregator names there. ``outlet``: whose it is.

    >>> headline("Acme names chief executive (Example Wire)", "Example Wire")
    'Acme names chief executive'
    """
    bare, relayed = split_relayed(title)
    return bare if relayed else split_outlet(title)[0].removesuffix(f" ({outlet})")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case, accents off, quotes and dashes unified: the form in which words are compared."""
    text = text.replace("’", "'").replace("‘", "'").replace("–", "-").replace("—", "-")
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.lower()


def words(text: str) -> list[str]:
    """The words of ``text``, folded, possessive ``'s`` off, stop words left out."""
    found = (w.removesuffix("'s").strip(".'") for w in _WORD.findall(fold(text)))
    return [w for w in found if w and w not in _STOP]


def repeats(text: str, *said: str) -> bool:
    """Whether ``text`` has words, and none that does not stand in what was ``said``.

    >>> repeats("Acme names chief executive. Example Wire", "Acme names chief executive", "Example Wire")
    True
    """
    found = set(words(text))
    return bool(found) and found <= {word for one in said for word in words(one)}


@lru_cache(maxsize=4096)  # a poll asks for each title several times, at 25 µs each
def title_digest(title: str) -> str:
    """Equal for titles that differ in case, punctuation, stop words or masthead only; "" for a title of under 4 words."""
    kept = words(split_outlet(title)[0])
    return digest(" ".join(kept), size=8) if len(kept) >= 4 else ""


def shorten(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, cut at a word, with an ellipsis where something was cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return head.rstrip(" ,;:-") + "…"
