package com.example.platform.audit;

import com.example.platform.event.Parameters;
import com.example.platform.event.View;
import com.example.platform.store.Reader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code GET /views/entries}. */
final class Views {
  static final List<View> ALL = List.of(new View("/views/entries", Views::entries));

  private static final String ENTRIES =
      """
      SELECT event_id AS "eventId", occurred_at AS "occurredAt", actor, action, resource, outcome,
        source_ip AS "sourceIp", service, details
      FROM audit_entries
      """;

  // LOWER on both sides: LIKE ignores case in SQLite and respects it in PostgreSQL.
  private static final String CONTAINS =
      """
      (LOWER(action) LIKE LOWER(?) ESCAPE '!' OR LOWER(resource) LIKE LOWER(?) ESCAPE '!'
        OR LOWER(details) LIKE LOWER(?) ESCAPE '!')
      """;

  private Views() {}

  private static Optional<Map<String, Object>> entries(Parameters parameters, Reader store) {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    parameters
        .text("actor")
        .ifPresent(
            actor -> {
              conditions.add("actor = ?");
              values.add(actor);
            });
    parameters
        .oneOf("outcome", Set.of("success", "denied", "failed"))
        .ifPresent(
            outcome -> {
              conditions.add("outcome = ?");
              values.add(outcome);
            });
    parameters
        .text("q")
        .filter(text -> !text.isEmpty())
        .ifPresent(
            text -> {
              conditions.add(CONTAINS);
              values.addAll(Collections.nCopies(3, containing(text)));
            });
    values.add(parameters.limit(50));
    String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
    List<Map<String, Object>> found =
        store.rows(
            ENTRIES + where + " ORDER BY occurred_at DESC, event_id LIMIT ?", values.toArray());
    return Optional.of(Map.of("entries", found));
  }

  private static String containing(String text) {
    return "%" + text.replaceAll("[!%_]", "!$0") + "%";
  }
}
