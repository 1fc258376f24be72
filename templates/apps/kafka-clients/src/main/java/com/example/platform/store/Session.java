package com.example.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** One connection to the store, opened when needed and again after it was lost. */
final class Session implements AutoCloseable {
  private final Database database;
  private final Opening opening;
  private final List<String> tables;
  private Connection connection;

  /** How this session's connection is made. */
  @FunctionalInterface
  interface Opening {
    Connection open() throws SQLException;
  }

  /** What is asked or done in a transaction. */
  @FunctionalInterface
  interface Work<T> {
    T in(Transaction transaction) throws SQLException;
  }

  Session(Database database, Opening opening, List<String> tables) {
    this.database = database;
    this.opening = opening;
    this.tables = List.copyOf(tables);
  }

  /** Commits what the work did, all of it or nothing. Throws {@link StoreUnavailable}. */
  synchronized <T> T transaction(Work<T> work) throws SQLException {
    try {
      if (connection == null) {
        connection = open();
      }
      return begun(connection, work);
    } catch (SQLException | RuntimeException error) {
      if (database.unavailable(error)) {
        close();
        throw new StoreUnavailable(error);
      }
      throw error;
    }
  }

  @Override
  public synchronized void close() {
    if (connection != null) {
      closeQuietly(connection);
      connection = null;
    }
  }

  private Connection open() throws SQLException {
    Connection opened = opening.open();
    try {
      begun(opened, this::createTables);
      return opened;
    } catch (SQLException | RuntimeException error) {
      closeQuietly(opened);
      throw error;
    }
  }

  private Void createTables(Transaction transaction) throws SQLException {
    if (database.schemaLock().isPresent()) {
      transaction.execute(database.schemaLock().get());
    }
    for (String table : tables) {
      transaction.execute(table);
    }
    return null;
  }

  /**
   * The two modes of JDBC are the begin and the end. After commit(), SQLite's driver would begin
   * the next transaction at once, and keep its lock until there is something to do.
   */
  private static <T> T begun(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.in(new Transaction(connection));
      connection.setAutoCommit(true);
      return result;
    } catch (SQLException | RuntimeException error) {
      rollBack(connection, error);
      throw error;
    }
  }

  /** The first error says what happened, not the one of the clean-up. */
  private static void rollBack(Connection connection, Exception first) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException error) {
      first.addSuppressed(error);
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException error) {
      // It was lost; that is why it is closed.
    }
  }
}
