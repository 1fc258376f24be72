package com.example.platform.orders;

import com.example.platform.event.Parameters;
import com.example.platform.event.View;
import com.example.platform.store.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /views/orders} and {@code /views/orders/{orderId}}. */
final class Views {
  static final List<View> ALL =
      List.of(
          new View("/views/orders", Views::orders),
          new View("/views/orders/{orderId}", Views::order));

  private static final String ORDER =
      "SELECT order_id AS \"orderId\", status, total_cents AS \"totalCents\" FROM orders ";

  private Views() {}

  private static Optional<Map<String, Object>> orders(Parameters parameters, Reader store) {
    int limit = parameters.limit(50);
    List<Map<String, Object>> found =
        parameters
            .oneOf("status", OrderStep.STATUSES)
            .map(
                status ->
                    store.rows(ORDER + "WHERE status = ? ORDER BY order_id LIMIT ?", status, limit))
            .orElseGet(() -> store.rows(ORDER + "ORDER BY order_id LIMIT ?", limit));
    return Optional.of(Map.of("orders", found));
  }

  private static Optional<Map<String, Object>> order(Parameters parameters, Reader store) {
    String orderId = parameters.path("orderId");
    Optional<Map<String, Object>> found = store.row(ORDER + "WHERE order_id = ?", orderId);
    found.ifPresent(order -> order.put("history", history(orderId, store)));
    return found;
  }

  /** As it arrived: clocks of different services don't agree, offsets of a partition do. */
  private static List<Map<String, Object>> history(String orderId, Reader store) {
    return store.rows(
        """
        SELECT h.event_type AS "eventType", h.occurred_at AS "occurredAt"
        FROM order_history h JOIN processed_events p ON p.event_id = h.event_id
        WHERE h.order_id = ? ORDER BY p.processed_at, p.record_offset
        """,
        orderId);
  }
}
