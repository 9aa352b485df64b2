"""The databases of the tests themselves: what one test leaves in a PostgreSQL, the next does not find."""

from __future__ import annotations

import pytest

from tests.postgres import server

psycopg = pytest.importorskip("psycopg", reason="needs the extra postgres")
pytestmark = pytest.mark.postgres


def asked(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(question).fetchone()[0]


def test_rows_and_numbers_are_gone_from_a_database_handed_on() -> None:
    with server().migrated() as url:
        asked(url, "INSERT INTO heartbeats VALUES ('a', 1, '') RETURNING 1")
        assert asked(url, "SELECT nextval('stories_seq_seq')") == 1
    with server().migrated() as following:
        assert following == url
        assert asked(url, "SELECT count(*) FROM heartbeats") == 0
        assert asked(url, "SELECT nextval('stories_seq_seq')") == 1


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE more (n int)", "DROP TABLE heartbeats", "UPDATE alembic_version SET version_num = '1'"]
)
def test_a_database_of_another_form_is_not_handed_on(statement: str) -> None:
    with server().migrated() as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
    with server().migrated() as following:
        assert following != url


def test_a_database_somebody_talks_to_is_not_handed_on() -> None:
    with server().migrated() as url:
        talks = psycopg.connect(url)
    with talks, server().migrated() as following:
        assert following != url
        with pytest.raises(psycopg.OperationalError):
            talks.execute("SELECT 1")
