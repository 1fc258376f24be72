package com.example.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What SQLite and PostgreSQL do differently, and nothing else. */
public interface Database {
  /** A connection that changes things. */
  Connection connectWriter() throws SQLException;

  /** A connection for questions, which doesn't hold up the writer. */
  Connection connectReader() throws SQLException;

  /** What keeps two consumers that start at once from creating the tables together. */
  Optional<String> schemaLock();

  /** Whether a later try may succeed, so that the event isn't to blame. */
  boolean unavailable(Exception error);

  static Database of(String url) {
    return url.startsWith("sqlite:") ? new Sqlite(url) : new PostgreSql(url);
  }
}
