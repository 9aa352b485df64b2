"""What the declarations of rows stand on: types of columns."""

from typing import Any

from sqlalchemy import BigInteger, Integer, Text
from sqlmodel import Field

_BIG = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers its rows only where the type reads INTEGER
_CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False}  # the primary key is the table: half the pages to touch


def _number(**options: Any) -> Any:
    return Field(sa_type=BigInteger, **options)


def _text(**options: Any) -> Any:
    return Field(sa_type=Text, **options)


def _seq() -> Any:
    """The number a row gets when it is written; its order is the order of writing."""
    return Field(default=None, primary_key=True, sa_type=_BIG)
