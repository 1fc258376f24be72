"""One connection to the store, opened when needed and again after it was lost."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from platform_app.store.database import Database

SqlValue = str | int | None
Row = dict[str, Any]


class StoreUnavailable(Exception):
    """Not the event's fault: the same work may succeed later."""


class Transaction:
    """Statements are written with `%s` for values, on both databases."""

    def __init__(self, connection: Any, database: Database) -> None:
        self._connection = connection
        self._database = database

    def execute(self, statement: str, *values: SqlValue) -> None:
        self._connection.execute(self._database.sql(statement), values)

    def execute_many(self, statement: str, rows: Sequence[Sequence[SqlValue]]) -> None:
        """In order, and on PostgreSQL without waiting for each answer."""
        if rows:
            self._connection.cursor().executemany(self._database.sql(statement), rows)

    def rows(self, statement: str, *values: SqlValue) -> list[Row]:
        cursor = self._connection.execute(self._database.sql(statement), values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What fails inside is undone; the transaction goes on without it."""
        self._connection.execute("SAVEPOINT one_event")
        try:
            yield
        except Exception:
            # On a lost connection this fails as well; the caller tells the two apart.
            self._connection.execute("ROLLBACK TO SAVEPOINT one_event")
            raise
        self._connection.execute("RELEASE SAVEPOINT one_event")


class Session:
    def __init__(self, database: Database, tables: Sequence[str], begin: str) -> None:
        self._database = database
        self._tables = tables
        self._begin = begin
        self._connection: Any = None
        self._lock = threading.Lock()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._open()
                with self._begun(self._connection, self._begin) as transaction:
                    yield transaction
            except Exception as error:
                if self._database.unavailable(error):
                    self._close()
                    # Drivers add hints on further lines.
                    raise StoreUnavailable(str(error).partition("\n")[0]) from error
                raise

    def close(self) -> None:
        with self._lock:
            self._close()

    def _open(self) -> Any:
        connection = self._database.connect()
        with self._begun(connection, self._database.begin_writing) as transaction:
            transaction.execute(self._database.lock_schema)
            for table in self._tables:
                transaction.execute(table)
        return connection

    @contextmanager
    def _begun(self, connection: Any, begin: str) -> Iterator[Transaction]:
        connection.execute(begin)
        try:
            yield Transaction(connection, self._database)
            connection.execute("COMMIT")
        except BaseException:
            # The first error says what happened, not the one of the clean-up.
            with suppress(Exception):
                connection.execute("ROLLBACK")
            raise

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
            self._connection = None
