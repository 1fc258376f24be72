"""What SQLite and PostgreSQL do differently, and nothing else."""

from typing import Any, Protocol

from platform_app.store.postgresql import PostgreSql
from platform_app.store.sqlite import Sqlite


class Database(Protocol):
    begin_writing: str
    lock_schema: str

    def connect(self) -> Any:
        """A DB-API connection in autocommit mode: transactions are begun in so many words."""

    def sql(self, statement: str) -> str:
        """The statement with this database's placeholders instead of `%s`."""

    def unavailable(self, error: Exception) -> bool:
        """Whether a later try may succeed, so that the event isn't to blame."""


def database_of(url: str) -> Database:
    return PostgreSql(url) if url.startswith("postgresql://") else Sqlite(url)
