package com.example.platform.audit;

import com.example.platform.event.Moments;
import com.example.platform.store.Transaction;
import java.sql.SQLException;
import java.util.List;

/** One row an entry. Entries are never changed: that is what makes them evidence. */
final class Tables {
  static final List<String> DDL =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS audit_entries (
            event_id TEXT PRIMARY KEY,
            occurred_at TEXT NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            resource TEXT NOT NULL,
            outcome TEXT NOT NULL,
            source_ip TEXT NOT NULL,
            service TEXT NOT NULL,
            details TEXT NOT NULL
          )
          """,
          "CREATE INDEX IF NOT EXISTS audit_entries_by_time ON audit_entries (occurred_at)",
          "CREATE INDEX IF NOT EXISTS audit_entries_by_actor ON audit_entries (actor, occurred_at)");

  static final String EFFECTS = "SELECT COUNT(*) FROM audit_entries";

  private Tables() {}

  static void apply(Transaction transaction, List<AuditRecorded> events) throws SQLException {
    transaction.executeMany(
        """
        INSERT INTO audit_entries (
          event_id, occurred_at, actor, action, resource, outcome, source_ip, service, details
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        events.stream().map(Tables::row).toList());
  }

  private static Object[] row(AuditRecorded event) {
    return new Object[] {
      event.eventId().toString(),
      Moments.iso(event.occurredAt()),
      event.actor(),
      event.action(),
      event.resource(),
      event.outcome(),
      event.sourceIp(),
      event.service(),
      event.details()
    };
  }
}
