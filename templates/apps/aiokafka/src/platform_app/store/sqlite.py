"""SQLite: one file, for one consumer and for tests."""

import sqlite3

from platform_app.settings import sqlite_path

# No longer: who waits here can't poll. The consumer backs off and tries again.
BUSY_SECONDS = 1

# The primary result codes of a file that is busy, full, broken or gone; no event's fault.
UNAVAILABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}


class Sqlite:
    # Takes the write lock at once; a later upgrade from a read lock can't wait for others.
    begin_writing = "BEGIN IMMEDIATE"
    lock_schema = "SELECT 1"

    def __init__(self, url: str) -> None:
        self._path = sqlite_path(url)

    def connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self._path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            # A session guards its connection with a lock; HTTP handlers come from a thread pool.
            check_same_thread=False,
        )
        # Readers don't wait for the writer. FULL: an effect must survive a power cut once its
        # offset is committed, and in WAL mode NORMAL wouldn't promise that.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def sql(self, statement: str) -> str:
        return statement.replace("%s", "?")

    def unavailable(self, error: Exception) -> bool:
        if isinstance(error, sqlite3.Error):
            # The low byte is the primary code, the rest a detail. Python's own errors have none.
            return getattr(error, "sqlite_errorcode", 0) & 0xFF in UNAVAILABLE
        return isinstance(error, OSError)
