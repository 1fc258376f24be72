package com.example.platform.customers;

import com.example.platform.customers.CustomerChanged.Customer;
import com.example.platform.event.Refused;
import com.example.platform.store.Transaction;
import java.sql.SQLException;
import java.util.List;

/**
 * The newest known state of each customer. A deleted one stays as a row without a name: its lsn has
 * to refuse older changes that arrive later (a snapshot that overlaps with the log, a dead letter
 * that is sent again).
 */
final class Tables {
  static final List<String> DDL =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS customers (
            customer_id TEXT PRIMARY KEY,
            email TEXT,
            name TEXT,
            country TEXT,
            plan TEXT,
            deleted INTEGER NOT NULL,
            lsn BIGINT NOT NULL,
            changes BIGINT NOT NULL
          )
          """,
          "CREATE INDEX IF NOT EXISTS customers_by_country ON customers (country, customer_id)");

  static final String EFFECTS = "SELECT SUM(changes) FROM customers";

  private Tables() {}

  static void apply(Transaction transaction, List<CustomerChanged> events) throws SQLException {
    List<Object[]> states = events.stream().map(Tables::state).toList();
    // Every change is counted, even one that comes too late to change anything.
    transaction.executeMany(
        """
        INSERT INTO customers (customer_id, deleted, lsn, changes) VALUES (?, 1, -1, 1)
        ON CONFLICT (customer_id) DO UPDATE SET changes = customers.changes + 1
        """,
        events.stream().map(event -> new Object[] {event.customerId()}).toList());
    transaction.executeMany(
        """
        UPDATE customers SET email = ?, name = ?, country = ?, plan = ?, deleted = ?, lsn = ?
        WHERE customer_id = ? AND lsn <= ?
        """,
        states);
  }

  /** The customer after a change that is no deletion. */
  static Customer after(CustomerChanged event) {
    if (event.after() == null) {
      throw new Refused(
          "op %s says nothing about the customer after the change".formatted(event.op()));
    }
    return event.after();
  }

  private static Object[] state(CustomerChanged event) {
    if (event.deleted()) {
      return new Object[] {null, null, null, null, 1, event.lsn(), event.customerId(), event.lsn()};
    }
    Customer after = after(event);
    return new Object[] {
      after.email(),
      after.name(),
      after.country(),
      after.plan(),
      0,
      event.lsn(),
      event.customerId(),
      event.lsn()
    };
  }
}
