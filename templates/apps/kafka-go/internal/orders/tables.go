package orders

import (
	"context"

	"example.com/platform-app/internal/database"
)

// Where each order stands, and how it came there. The partition keeps the events of an order in
// order, so the last one to arrive is its status. The first one may be gone already (retention):
// then an order has a status and no total.
var tables = []string{
	`CREATE TABLE IF NOT EXISTS orders (
	  order_id TEXT PRIMARY KEY,
	  status TEXT NOT NULL,
	  total_cents BIGINT
	)`,
	`CREATE TABLE IF NOT EXISTS order_history (
	  event_id TEXT PRIMARY KEY,
	  order_id TEXT NOT NULL,
	  event_type TEXT NOT NULL,
	  occurred_at TEXT NOT NULL
	)`,
	"CREATE INDEX IF NOT EXISTS orders_by_status ON orders (status, order_id)",
	"CREATE INDEX IF NOT EXISTS order_history_by_order ON order_history (order_id)",
}

const effects = "SELECT COUNT(*) FROM order_history"

const (
	insertHistory = `
		INSERT INTO order_history (event_id, order_id, event_type, occurred_at) VALUES (?, ?, ?, ?)`
	upsertOrder = `
		INSERT INTO orders (order_id, status, total_cents) VALUES (?, ?, ?)
		ON CONFLICT (order_id) DO UPDATE SET
		  status = EXCLUDED.status,
		  total_cents = COALESCE(EXCLUDED.total_cents, orders.total_cents)`
)

func apply(ctx context.Context, tx *database.Tx, events []OrderEvent) error {
	history := make([][]any, len(events))
	orders := make([][]any, len(events))
	for i, event := range events {
		common := event.Common()
		history[i] = []any{
			common.EventID.String(), event.order(), common.EventType, common.OccurredAt.String(),
		}
		status, total := standing(event)
		orders[i] = []any{event.order(), status, total}
	}
	if _, err := tx.ExecMany(ctx, insertHistory, history); err != nil {
		return err
	}
	_, err := tx.ExecMany(ctx, upsertOrder, orders)
	return err
}

// standing is the status that an event leads to, and the order's total if the event knows it.
func standing(event OrderEvent) (status string, total *int64) {
	switch event := event.(type) {
	case OrderPlaced:
		return "placed", &event.TotalCents
	case OrderPaid:
		return "paid", nil
	case OrderShipped:
		return "shipped", nil
	default:
		return "cancelled", nil
	}
}
