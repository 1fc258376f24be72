package orders

import (
	"database/sql"

	"example.com/platform-app/internal/view"
)

var views = []view.View{
	{Pattern: "GET /views/orders", Answer: allOrders},
	{Pattern: "GET /views/orders/{orderId}", Answer: oneOrder},
}

type orderAnswer struct {
	OrderID    string `json:"orderId"`
	Status     string `json:"status"`
	TotalCents *int64 `json:"totalCents"`
}

type ordersAnswer struct {
	Orders []orderAnswer `json:"orders"`
}

type step struct {
	EventType  string `json:"eventType"`
	OccurredAt string `json:"occurredAt"`
}

type orderWithHistory struct {
	orderAnswer
	History []step `json:"history"`
}

func allOrders(question *view.Question) (any, error) {
	limit, err := question.Limit(50)
	if err != nil {
		return nil, err
	}
	status, err := question.OneOf("status", "placed", "paid", "shipped", "cancelled")
	if err != nil {
		return nil, err
	}
	orders, err := view.Rows(question, scanOrder, `
		SELECT order_id, status, total_cents FROM orders
		WHERE status = ? OR ? = '' ORDER BY order_id LIMIT ?`, status, status, limit)
	return ordersAnswer{orders}, err
}

func oneOrder(question *view.Question) (any, error) {
	orderID := question.Path("orderId")
	order, err := view.Row(question, "Order "+orderID, scanOrder,
		"SELECT order_id, status, total_cents FROM orders WHERE order_id = ?", orderID)
	if err != nil {
		return nil, err
	}
	// As they arrived: clocks of different services don't agree, offsets of a partition do.
	history, err := view.Rows(question, scanStep, `
		SELECT h.event_type, h.occurred_at
		FROM order_history h JOIN processed_events p ON p.event_id = h.event_id
		WHERE h.order_id = ? ORDER BY p.processed_at, p.record_offset`, orderID)
	return orderWithHistory{order, history}, err
}

func scanOrder(rows *sql.Rows) (order orderAnswer, err error) {
	err = rows.Scan(&order.OrderID, &order.Status, &order.TotalCents)
	return order, err
}

func scanStep(rows *sql.Rows) (one step, err error) {
	err = rows.Scan(&one.EventType, &one.OccurredAt)
	return one, err
}
