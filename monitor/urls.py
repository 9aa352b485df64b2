"""Canonical URLs: two addresses of one page compare equal. Also addresses with their secrets taken off."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

# Parameters that name a visit and not a page. Families first, then single names.
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "oly_", "vero_", "__hs", "_hs", "at_", "ns_")
_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid wbraid gbraid msclkid twclid yclid igshid igsh mc_cid mc_eid mkt_tok ref_src ref_url "
    "cmpid cmp ocid ncid sr_share smid smtyp guccounter guce_referrer guce_referrer_sig soc_src soc_trk tsrc "
    "reflink mod st partner taid xtor spm feedtype cid_source rss rssfeed source_feed s_cid ito ftag".split()
)
_KEEPS_REF = frozenset({"ref", "source", "src", "via"})  # a tracking word on most sites, a page key on some: dropped
# An address of which nothing needs to be folded but scheme and host, and that says what it says alone: three in four links.
_PLAIN = re.compile(r"https?://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?P<path>(?:/[A-Za-z0-9_~+,=:@-][A-Za-z0-9._~+,=:@-]*)*)/?")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_AMP_PATH = re.compile(r"/amp/?$")
_AMP_CACHE = re.compile(r"^/(?:c|v)/(?:s/)?(?P<rest>.+)$")


@lru_cache(maxsize=8192)  # a poll asks for each of its links several times, at 20 µs each
def canonical(url: str) -> str:
    """The form of ``url`` that two links to one page share; idempotent. "" for what is no HTTP address.

    Scheme is folded to https and a leading ``www.`` dropped (for comparing, not for fetching); host lower case; no
    fragment, default port, user or tracking parameter; parameters sorted; AMP and mobile forms folded where certain.
    """
    plain = _PLAIN.fullmatch(url)
    if plain and not plain["host"].endswith("cdn.ampproject.org"):
        return f"https://{_fold_host(plain['host'])}{_AMP_PATH.sub('', plain['path'])}"
    return _canonical(url)


def _canonical(url: str) -> str:
    """By taking the address apart, whatever it is."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    path = parts.path
    if host.endswith("cdn.ampproject.org") and (inner := _AMP_CACHE.match(path)):
        return canonical("https://" + inner["rest"] + (f"?{parts.query}" if parts.query else ""))
    host = _fold_host(host)
    path = _AMP_PATH.sub("", path)
    path = quote(unquote(path), safe="/%:@!$&'()*+,;=~-._") if "%25" not in path else path
    path = re.sub(r"/{2,}", "/", path).rstrip("/") or ""
    query = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(k)))
    netloc = host if port is None or port in _DEFAULT_PORTS.values() else f"{host}:{port}"
    return urlunsplit(("https", netloc, path, query, ""))


def _fold_host(host: str) -> str:
    for prefix in ("www.", "m.", "amp.", "mobile."):
        if host.startswith(prefix) and host.count(".") >= 2:
            return host.removeprefix(prefix)
    return host


def _tracks(name: str) -> bool:
    low = name.lower()
    return low in _TRACKING or low in _KEEPS_REF or low.startswith(_TRACKING_PREFIXES) or low in ("amp", "outputtype")


def host_of(url: str) -> str:
    """The host of ``url``, lower case, with its port where one is written; "" where there is none."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        return f"{host}:{parts.port}" if parts.port else host
    except ValueError:
        return ""


# Second-level suffixes under which names are registered; the public suffix list in what feeds' hosts need of it.
_SECOND_LEVEL = frozenset("ac co com edu go gob gov gouv govt ltd me mil ne net nhs nom or org plc police sch".split())


def registrable(url: str) -> str:
    """The domain somebody registered, of which the host of ``url`` is a part: ``news.bbc.co.uk`` to ``bbc.co.uk``.

    An address in digits stands for itself. "" where there is no host.
    """
    host = host_of(url).partition(":")[0] if "[" not in url else host_of(url)
    labels = host.rstrip(".").split(".")
    if len(labels) < 3 or labels[-1].isdigit():
        return host
    deep = len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if deep else -2 :])


def absolute(link: str, base: str) -> str:
    """``link`` made absolute against ``base``; "" where there is none, or the result is no HTTP address."""
    return link if _PLAIN.fullmatch(link) else _absolute(link, base)


def _absolute(link: str, base: str) -> str:
    try:
        joined = urljoin(base, link.strip()) if link.strip() else ""
        return joined if urlsplit(joined).scheme in ("http", "https") and urlsplit(joined).hostname else ""
    except ValueError:
        return ""


_SHOWN = ("http", "https", "smtp", "smtps", "smtp+plain")


def redacted(url: str) -> str:
    """What may be shown of an address that is a secret: scheme, host and an ellipsis."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme not in _SHOWN:
            return f"{parts.scheme}://…" if parts.scheme else "…"  # other schemes keep a token where others have a host
        return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}/…" if host else "…"
    except ValueError:
        return "…"


def without_login(text: str) -> str:
    """What a person typed for an address, as it may be repeated to them: without what may be a login, and without a query."""
    scheme, slashes, rest = text.partition("://") if "://" in text else ("", "", text)
    shown = f"…@{rest.rpartition('@')[2]}" if "@" in rest else rest
    before, asks, _ = shown.partition("?")
    return f"{scheme}{slashes}{before}{asks and '?…'}"
