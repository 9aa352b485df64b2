"""Who may ask, and what was saved to be asked again: tokens and searches."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, insert, select, update

import monitor.store.tables as t
from monitor.errors import ConflictError, NotFoundError, QueryError
from monitor.filtering import MOST_NAMES, near
from monitor.later import Later
from monitor.store.reads import Reads
from monitor.store.values import clean, micros, micros_or_none, moment, moment_or_none
from monitor.store.writes import Transaction

if TYPE_CHECKING:
    import monitor.results as results
else:  # what asks for lists needs none of them
    results = Later("monitor.results")

PREFIX = "mw"  # so that a scanner of secrets can tell what it found
_USED_EVERY = timedelta(hours=1)  # how exactly the last use is kept: a write a request would be too much


def create_token(
    tx: Transaction, name: str, scope: Literal["read", "write"], now: datetime, expires_at: datetime | None = None
) -> tuple[results.Token, str]:
    """A new token and its text ``mw_ID_SECRET``, which is stored nowhere. Raises ConflictError where the name is in use."""
    if not clean(name):
        raise QueryError("a token needs a name, by which it is known and revoked", "name")
    c = t.tokens.c
    taken = select(c.id).where(c.name == clean(name), c.revoked_at.is_(None))
    if tx.connection.execute(taken).first():
        raise ConflictError(f"a token named {name!r} exists: revoke it first, or choose another name")
    token = results.Token(id=secrets.token_hex(4), name=clean(name), scope=scope, created_at=now, expires_at=expires_at)
    text = f"{PREFIX}_{token.id}_{secrets.token_urlsafe(32)}"
    row = {"id": token.id, "name": token.name, "scope": scope, "digest": _digest(text), "created_at": micros(now)}
    tx.connection.execute(insert(t.tokens), [row | {"expires_at": micros_or_none(expires_at)}])
    return token, text


def _digest(text: str) -> str:
    """A token has 256 bits of chance: one round of SHA-256 says as little of it as a slow hash would."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def tokens(reads: Reads) -> list[results.Token]:
    """Every token ever made, oldest first."""
    return [_token(row) for row in reads.connection.execute(select(t.tokens).order_by(t.tokens.c.created_at, t.tokens.c.id))]


def token_of(reads: Reads, text: str, now: datetime) -> results.Token | None:
    """The token that ``text`` is, None where it is none, was revoked or has expired. Takes as long for a wrong secret as for a
    right one."""
    prefix, _, rest = text.partition("_")
    row = reads.connection.execute(select(t.tokens).where(t.tokens.c.id == clean(rest.partition("_")[0]))).first()
    same = hmac.compare_digest(_digest(text), row.digest if row else "0" * 64)
    found = _token(row) if row is not None and same and prefix == PREFIX else None
    return found if found and found.good_at(now) else None


def used(tx: Transaction, token: results.Token, now: datetime) -> None:
    tx.connection.execute(update(t.tokens).where(t.tokens.c.id == token.id).values(last_used=micros(now)))


def use_is_news(token: results.Token, now: datetime) -> bool:
    """Whether ``used`` should write: no more than once an hour a token."""
    return token.last_used is None or now - token.last_used >= _USED_EVERY


def revoke_token(tx: Transaction, name_or_id: str, now: datetime) -> results.Token:
    """Raises NotFoundError where no good token is called so."""
    c = t.tokens.c
    which = c.revoked_at.is_(None) & ((c.id == clean(name_or_id)) | (c.name == clean(name_or_id)))
    row = tx.connection.execute(update(t.tokens).where(which).values(revoked_at=micros(now)).returning(t.tokens)).first()
    if row is None:
        raise NotFoundError("token", name_or_id)
    tx.durable = True
    return _token(row)


def _token(row: Any) -> results.Token:
    return results.Token(
        id=row.id,
        name=row.name,
        scope=row.scope,
        created_at=moment(row.created_at),
        expires_at=moment_or_none(row.expires_at),
        revoked_at=moment_or_none(row.revoked_at),
        last_used=moment_or_none(row.last_used),
    )


# -- saved searches


def save_search(tx: Transaction, search: results.SavedSearch, *, replace: bool = False) -> None:
    """Raises ConflictError where the name is taken and the search is not to ``replace`` the one that has it."""
    if replace:
        tx.connection.execute(delete(t.searches).where(t.searches.c.name == search.name))
    elif tx.connection.execute(select(t.searches.c.name).where(t.searches.c.name == search.name)).first():
        raise ConflictError(f"a search named {search.name!r} exists: replace it, or choose another name")
    row = {"name": search.name, "words": clean(search.words), "created_at": micros(search.created_at)}
    tx.connection.execute(insert(t.searches), [row])


def searches(reads: Reads) -> list[results.SavedSearch]:
    """By name."""
    return [_search(row) for row in reads.connection.execute(select(t.searches).order_by(t.searches.c.name))]


def words_of(reads: Reads, names: Collection[str]) -> dict[str, str]:
    """The words of saved searches by name, of those ``names`` that are there."""
    c = t.searches.c
    rows = reads.connection.execute(select(c.name, c.words).where(c.name.in_(sorted({clean(name) for name in names}))))
    return {row.name: row.words for row in rows}


def search(reads: Reads, name: str) -> results.SavedSearch:
    """Raises NotFoundError."""
    row = reads.connection.execute(select(t.searches).where(t.searches.c.name == clean(name))).first()
    if row is None:
        raise _no_search(reads, name)
    return _search(row)


def delete_search(tx: Transaction, name: str) -> None:
    """Raises NotFoundError."""
    if not tx.connection.execute(delete(t.searches).where(t.searches.c.name == clean(name))).rowcount:
        raise _no_search(tx, name)


def _no_search(reads: Reads, name: str) -> NotFoundError:
    names = reads.connection.execute(select(t.searches.c.name).order_by(t.searches.c.name)).scalars().all()
    return NotFoundError("search", name, instead=near(name, names, most=MOST_NAMES))


def _search(row: Any) -> results.SavedSearch:
    return results.SavedSearch(name=row.name, words=row.words, created_at=moment(row.created_at))
