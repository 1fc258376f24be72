"""PostgreSQL: for several consumers of one group. Needs the extra `postgresql`."""

from typing import Any


class PostgreSql:
    begin_writing = "BEGIN"
    # Two consumers that start at once would collide in CREATE TABLE IF NOT EXISTS.
    lock_schema = "SELECT pg_advisory_xact_lock(4207849484)"

    def __init__(self, url: str) -> None:
        # Here, so that a project on SQLite doesn't need the driver.
        import psycopg

        self._psycopg = psycopg
        self._url = url

    def connect(self) -> Any:
        return self._psycopg.connect(
            self._url,
            autocommit=True,
            connect_timeout=5,
            # A server that vanished without a word is noticed in seconds, not in hours.
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=3,
            tcp_user_timeout=10_000,
            options="-c statement_timeout=30000",
        )

    def sql(self, statement: str) -> str:
        return statement

    def unavailable(self, error: Exception) -> bool:
        passing = (
            # Lost connections, shutdowns, deadlocks, time-outs, a full disk: all Operational.
            self._psycopg.OperationalError,
            self._psycopg.InterfaceError,
            # A server that became a standby, and a right that was taken away.
            self._psycopg.errors.ReadOnlySqlTransaction,
            self._psycopg.errors.InsufficientPrivilege,
        )
        return isinstance(error, passing)
