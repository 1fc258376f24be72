package com.example.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statements in one database transaction, with {@code ?} for values. */
public final class Transaction {
  private final Connection connection;

  Transaction(Connection connection) {
    this.connection = connection;
  }

  /** Once for each row, in order; on PostgreSQL without waiting for each answer. */
  public int[] executeMany(String sql, List<Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return new int[0];
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Object[] row : rows) {
        set(statement, row);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  public void execute(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      statement.execute();
    }
  }

  List<Map<String, Object>> rows(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      try (ResultSet found = statement.executeQuery()) {
        List<Map<String, Object>> rows = new ArrayList<>();
        while (found.next()) {
          rows.add(row(found));
        }
        return rows;
      }
    }
  }

  /** What fails inside is undone; the transaction goes on without it. */
  void savepoint(Work work) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      work.in(this);
    } catch (SQLException | RuntimeException error) {
      // On a lost connection this fails as well, and says so.
      connection.rollback(before);
      throw error;
    }
    connection.releaseSavepoint(before);
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  interface Work {
    void in(Transaction transaction) throws SQLException;
  }

  private static void set(PreparedStatement statement, Object[] values) throws SQLException {
    for (int index = 0; index < values.length; index++) {
      statement.setObject(index + 1, values[index]);
    }
  }

  private static Map<String, Object> row(ResultSet found) throws SQLException {
    ResultSetMetaData columns = found.getMetaData();
    Map<String, Object> row = new LinkedHashMap<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      row.put(columns.getColumnLabel(column), found.getObject(column));
    }
    return row;
  }
}
