"""What flows and buildouts are counted from: each move and each buildout of an event once, whatever number of stories told it."""

from typing import ClassVar

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field, SQLModel

from monitor.store.rows_base import _BIG, _CLUSTERED, _number, _text


class MoveRow(SQLModel, table=True):
    """People of one event who go from one organisation to one other. ``people`` counts them; "" is an organisation not said.

    The index of a period holds all that is counted, so that a year is read from it alone.
    """

    __tablename__: ClassVar[str] = "event_moves"
    __table_args__ = (
        ForeignKeyConstraint(["event_seq"], ["events.seq"], ondelete="CASCADE"),
        Index("ix_event_moves_period", "at", "status", "from_org", "to_org", "seniority", "people", "event_seq"),
        Index("ix_event_moves_from", "from_key", "at"),
        Index("ix_event_moves_to", "to_key", "at"),
        _CLUSTERED,
    )
    event_seq: int = Field(primary_key=True, sa_type=_BIG, sa_column_kwargs={"autoincrement": False})
    from_key: str = _text(primary_key=True)
    to_key: str = _text(primary_key=True)
    at: int = _number()
    status: str = _text()
    from_org: str = _text()
    to_org: str = _text()
    seniority: str = _text()
    people: int = _number()


class BuildoutRow(SQLModel, table=True):
    """The buildout of one event for one of its organisations; ``n`` 0 is the row that counts where organisations do not."""

    __tablename__: ClassVar[str] = "event_buildouts"
    __table_args__ = (
        ForeignKeyConstraint(["event_seq"], ["events.seq"], ondelete="CASCADE"),
        Index("ix_event_buildouts_period", "n", "at"),
        Index("ix_event_buildouts_org", "org_key", "at"),
        Index("ix_event_buildouts_project", "project_key", "at"),
        _CLUSTERED,
    )
    event_seq: int = Field(primary_key=True, sa_type=_BIG, sa_column_kwargs={"autoincrement": False})
    n: int = _number(primary_key=True)
    at: int = _number()
    status: str = _text()
    org_key: str = _text()
    org: str = _text()
    project_key: str = _text()
    project: str = _text()
    progress: str = _text()
    amount: float | None = None
    capacity: float | None = None
