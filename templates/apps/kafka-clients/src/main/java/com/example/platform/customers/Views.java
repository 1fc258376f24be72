package com.example.platform.customers;

import com.example.platform.event.Parameters;
import com.example.platform.event.View;
import com.example.platform.store.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /views/customers} and {@code /views/customers/{customerId}}. */
final class Views {
  static final List<View> ALL =
      List.of(
          new View("/views/customers", Views::customers),
          new View("/views/customers/{customerId}", Views::customer));

  private static final String CUSTOMER =
      """
      SELECT customer_id AS "customerId", email, name, country, plan, lsn FROM customers
      WHERE deleted = 0
      """;

  private Views() {}

  private static Optional<Map<String, Object>> customers(Parameters parameters, Reader store) {
    int limit = parameters.limit(50);
    List<Map<String, Object>> found =
        parameters
            .text("country")
            .map(
                country ->
                    store.rows(
                        CUSTOMER + "AND country = ? ORDER BY customer_id LIMIT ?", country, limit))
            .orElseGet(() -> store.rows(CUSTOMER + "ORDER BY customer_id LIMIT ?", limit));
    return Optional.of(Map.of("customers", found));
  }

  private static Optional<Map<String, Object>> customer(Parameters parameters, Reader store) {
    return store.row(CUSTOMER + "AND customer_id = ?", parameters.path("customerId"));
  }
}
