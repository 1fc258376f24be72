package com.example.platform.orders;

import com.example.platform.event.Moments;
import com.example.platform.orders.OrderEvent.OrderPlaced;
import com.example.platform.store.Transaction;
import java.sql.SQLException;
import java.util.List;

/**
 * Where each order stands, and how it came there. The partition keeps the events of an order in
 * order, so the last one to arrive is its status. The first one may be gone already (retention):
 * then an order has a status and no total.
 */
final class Tables {
  static final List<String> DDL =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS orders (
            order_id TEXT PRIMARY KEY,
            status TEXT NOT NULL,
            total_cents BIGINT
          )
          """,
          """
          CREATE TABLE IF NOT EXISTS order_history (
            event_id TEXT PRIMARY KEY,
            order_id TEXT NOT NULL,
            event_type TEXT NOT NULL,
            occurred_at TEXT NOT NULL
          )
          """,
          "CREATE INDEX IF NOT EXISTS orders_by_status ON orders (status, order_id)",
          "CREATE INDEX IF NOT EXISTS order_history_by_order ON order_history (order_id)");

  static final String EFFECTS = "SELECT COUNT(*) FROM order_history";

  private Tables() {}

  static void apply(Transaction transaction, List<OrderEvent> events) throws SQLException {
    transaction.executeMany(
        "INSERT INTO order_history (event_id, order_id, event_type, occurred_at) VALUES (?, ?, ?, ?)",
        events.stream().map(Tables::historyRow).toList());
    transaction.executeMany(
        """
        INSERT INTO orders (order_id, status, total_cents) VALUES (?, ?, ?)
        ON CONFLICT (order_id) DO UPDATE SET
          status = EXCLUDED.status,
          total_cents = COALESCE(EXCLUDED.total_cents, orders.total_cents)
        """,
        events.stream().map(Tables::orderRow).toList());
  }

  private static Object[] historyRow(OrderEvent event) {
    return new Object[] {
      event.eventId().toString(),
      event.orderId(),
      event.eventType(),
      Moments.iso(event.occurredAt())
    };
  }

  private static Object[] orderRow(OrderEvent event) {
    Long total = event instanceof OrderPlaced placed ? (Long) placed.totalCents() : null;
    return new Object[] {event.orderId(), OrderStep.of(event).status, total};
  }
}
