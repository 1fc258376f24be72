package audit

import (
	"context"

	"example.com/platform-app/internal/database"
)

// One row an entry. Entries are never changed: that is what makes them evidence.
var tables = []string{
	`CREATE TABLE IF NOT EXISTS audit_entries (
	  event_id TEXT PRIMARY KEY,
	  occurred_at TEXT NOT NULL,
	  actor TEXT NOT NULL,
	  action TEXT NOT NULL,
	  resource TEXT NOT NULL,
	  outcome TEXT NOT NULL,
	  source_ip TEXT NOT NULL,
	  service TEXT NOT NULL,
	  details TEXT NOT NULL
	)`,
	"CREATE INDEX IF NOT EXISTS audit_entries_by_time ON audit_entries (occurred_at)",
	"CREATE INDEX IF NOT EXISTS audit_entries_by_actor ON audit_entries (actor, occurred_at)",
}

const effects = "SELECT COUNT(*) FROM audit_entries"

const insertEntry = `
	INSERT INTO audit_entries (
	  event_id, occurred_at, actor, action, resource, outcome, source_ip, service, details
	) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

func apply(ctx context.Context, tx *database.Tx, events []AuditRecorded) error {
	rows := make([][]any, len(events))
	for i, event := range events {
		rows[i] = []any{
			event.EventID.String(), event.OccurredAt.String(), event.Actor, event.Action,
			event.Resource, event.Outcome, event.SourceIP, event.Service, event.Details,
		}
	}
	_, err := tx.ExecMany(ctx, insertEntry, rows)
	return err
}
