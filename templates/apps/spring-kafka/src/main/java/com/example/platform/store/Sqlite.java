package com.example.platform.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite: one file, for one consumer and for tests. */
final class Sqlite implements Database {
  /** No longer: who waits here can't poll. The consumer backs off and tries again. */
  private static final int BUSY_TIMEOUT_MS = 1000;

  /** The primary result codes of a file that is busy, full, broken or gone; no event's fault. */
  private static final Set<Integer> UNAVAILABLE =
      Set.of(
          SQLiteErrorCode.SQLITE_BUSY.code,
          SQLiteErrorCode.SQLITE_LOCKED.code,
          SQLiteErrorCode.SQLITE_PERM.code,
          SQLiteErrorCode.SQLITE_NOMEM.code,
          SQLiteErrorCode.SQLITE_READONLY.code,
          SQLiteErrorCode.SQLITE_IOERR.code,
          SQLiteErrorCode.SQLITE_FULL.code,
          SQLiteErrorCode.SQLITE_CANTOPEN.code,
          SQLiteErrorCode.SQLITE_PROTOCOL.code,
          SQLiteErrorCode.SQLITE_CORRUPT.code,
          SQLiteErrorCode.SQLITE_NOTADB.code);

  private final Path file;

  /** {@code sqlite:///relative.db} or {@code sqlite:////absolute.db}. */
  Sqlite(String url) {
    file = Path.of(url.substring("sqlite:///".length()));
  }

  @Override
  public Connection connectWriter() throws SQLException {
    // Takes the write lock at once; a later upgrade from a read lock can't wait for others.
    return connect(TransactionMode.IMMEDIATE);
  }

  @Override
  public Connection connectReader() throws SQLException {
    return connect(TransactionMode.DEFERRED);
  }

  @Override
  public Optional<String> schemaLock() {
    return Optional.empty();
  }

  @Override
  public boolean unavailable(Exception error) {
    // The low byte is the primary code, the rest a detail.
    return error instanceof UncheckedIOException
        || error instanceof SQLiteException sqlite
            && UNAVAILABLE.contains(sqlite.getResultCode().code & 0xFF);
  }

  private Connection connect(TransactionMode mode) throws SQLException {
    createFolder();
    SQLiteConfig config = new SQLiteConfig();
    config.setTransactionMode(mode);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    // Readers don't wait for the writer. FULL: an effect must survive a power cut once its offset
    // is committed, and in WAL mode NORMAL wouldn't promise that.
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private void createFolder() {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
