"""One row an entry. Entries are never changed: that is what makes them evidence."""

from collections.abc import Sequence

from platform_app.audit.events import AuditRecorded
from platform_app.moment import iso_millis
from platform_app.store.session import Transaction

TABLES = (
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
    "CREATE INDEX IF NOT EXISTS audit_entries_by_actor ON audit_entries (actor, occurred_at)",
)

EFFECTS = "SELECT COUNT(*) FROM audit_entries"


def apply(transaction: Transaction, events: Sequence[AuditRecorded]) -> None:
    transaction.execute_many(
        """
        INSERT INTO audit_entries (
          event_id, occurred_at, actor, action, resource, outcome, source_ip, service, details
        ) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            (
                str(event.event_id),
                iso_millis(event.occurred_at),
                event.actor,
                event.action,
                event.resource,
                event.outcome,
                event.source_ip,
                event.service,
                event.details,
            )
            for event in events
        ],
    )
