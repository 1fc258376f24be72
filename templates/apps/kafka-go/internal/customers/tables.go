package customers

import (
	"context"

	"example.com/platform-app/internal/database"
)

// The newest known state of each customer. A deleted customer stays as a row without a name: its
// lsn has to refuse older changes that arrive later (a snapshot that overlaps with the log, a dead
// letter that is sent again).
var tables = []string{
	`CREATE TABLE IF NOT EXISTS customers (
	  customer_id TEXT PRIMARY KEY,
	  email TEXT,
	  name TEXT,
	  country TEXT,
	  plan TEXT,
	  deleted INTEGER NOT NULL,
	  lsn BIGINT NOT NULL,
	  changes BIGINT NOT NULL
	)`,
	"CREATE INDEX IF NOT EXISTS customers_by_country ON customers (country, customer_id)",
}

// SUM is no integer on PostgreSQL.
const effects = "SELECT CAST(SUM(changes) AS BIGINT) FROM customers"

const (
	countChange = `
		INSERT INTO customers (customer_id, deleted, lsn, changes) VALUES (?, 1, -1, 1)
		ON CONFLICT (customer_id) DO UPDATE SET changes = customers.changes + 1`
	updateCustomer = `
		UPDATE customers SET email = ?, name = ?, country = ?, plan = ?, deleted = ?, lsn = ?
		WHERE customer_id = ? AND lsn <= ?`
)

func apply(ctx context.Context, tx *database.Tx, events []CustomerChanged) error {
	changes := make([][]any, len(events))
	states := make([][]any, len(events))
	for i, event := range events {
		after, err := event.state()
		if err != nil {
			return err
		}
		changes[i] = []any{event.CustomerID}
		if after == nil {
			states[i] = []any{nil, nil, nil, nil, 1, event.LSN, event.CustomerID, event.LSN}
		} else {
			states[i] = []any{
				after.Email, after.Name, after.Country, after.Plan, 0,
				event.LSN, event.CustomerID, event.LSN,
			}
		}
	}
	// Every change is counted, even one that comes too late to change anything.
	if _, err := tx.ExecMany(ctx, countChange, changes); err != nil {
		return err
	}
	_, err := tx.ExecMany(ctx, updateCustomer, states)
	return err
}
