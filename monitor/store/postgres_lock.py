"""The lock of the one daemon on PostgreSQL: an advisory lock, which lives as long as the connection that took it.

A server that restarts, an administrator or a network that drops idle lines ends it with the connection; then it is taken again.
"""

from __future__ import annotations

from contextlib import suppress

import psycopg

from monitor.errors import AnotherDaemon, DatabaseAway

# A line that is dead is noticed within half a minute at both ends: by us, and by the server, whose lock would stay held.
LIVELY = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 25_000}  # s, s, -, ms
_SERVER_LIVELY = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
_HOLDER = """
    SELECT pid, application_name FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory'
    AND classid = %s AND objid = %s AND granted AND pg_locks.database =
    (SELECT oid FROM pg_database WHERE datname = current_database())"""


class DaemonLock:
    """Taken when made. Raises AnotherDaemon naming who has it, DatabaseAway where the server cannot be asked."""

    sure = False  # that nobody else works: a daemon whose line was cut holds no lock, and may live for a moment

    def __init__(self, address: str, *, key: int, where: str, application: str, timeout: int) -> None:
        self._address, self._key, self._where = address, key, where
        self._options = {"connect_timeout": timeout, "application_name": application, **LIVELY}
        self._process = 0  # the server's, for the connection that has the lock, or had it before it was cut
        self._connection = self._taken()

    def keep(self) -> bool:
        """Is the lock ours still? True: it had been lost, and was taken again. Raises as making one does."""
        try:
            self._connection.execute("SELECT 1")
        except psycopg.OperationalError:
            self._connection.close()
            self._connection = self._taken()
            return True
        return False

    def release(self) -> None:
        """Said, and not left to the end of the connection: the server notices that a moment later."""
        with suppress(psycopg.Error):
            self._connection.execute("SELECT pg_advisory_unlock(%s)", [self._key])
        self._connection.close()

    def _taken(self) -> psycopg.Connection[tuple[object, ...]]:
        try:
            connection = psycopg.connect(self._address, autocommit=True, **self._options)  # type: ignore[arg-type]
        except psycopg.OperationalError as error:
            raise DatabaseAway(f"{self._where}: {first_line(error)}") from error
        try:
            connection.execute(_SERVER_LIVELY)
            if not self._try(connection):
                raise AnotherDaemon(f"another movewire daemon{self._named(connection)} runs on {self._where}; stop it first")
        except psycopg.OperationalError as error:
            connection.close()
            raise DatabaseAway(f"{self._where}: {first_line(error)}") from error
        except AnotherDaemon:
            connection.close()
            raise
        self._process = connection.info.backend_pid
        return connection

    def _try(self, connection: psycopg.Connection[tuple[object, ...]]) -> bool:
        for _ in range(2):
            [taken] = connection.execute("SELECT pg_try_advisory_lock(%s)", [self._key]).fetchone() or [False]
            holder = None if taken else self._holder(connection)
            if holder is None or holder != (self._process, self._options["application_name"]):
                return bool(taken)
            # The server has not noticed yet that our own line was cut.
            connection.execute("SELECT pg_terminate_backend(%s, 3000)", [self._process])
        return False

    def _holder(self, connection: psycopg.Connection[tuple[object, ...]]) -> tuple[object, ...] | None:
        return connection.execute(_HOLDER, [self._key >> 32, self._key & 0xFFFFFFFF]).fetchone()

    def _named(self, connection: psycopg.Connection[tuple[object, ...]]) -> str:
        holder = self._holder(connection)
        return f" ({holder[1]})" if holder else ""


def first_line(error: BaseException | None) -> str:
    """What the server says; below it stand hints, and the statement."""
    return str(error).strip().partition("\n")[0]
