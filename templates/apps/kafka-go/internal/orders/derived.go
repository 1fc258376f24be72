package orders

import "example.com/platform-app/internal/event"

// OrderNoticeDue asks for a message to the customer.
type OrderNoticeDue struct {
	event.Base
	OrderID string `json:"orderId"`
	Subject string `json:"subject"`
	Urgent  bool   `json:"urgent"`
}

func derive(happened OrderEvent) (event.Derived, error) {
	_, cancelled := happened.(OrderCancelled)
	return OrderNoticeDue{
		Base:    happened.Common().Becomes("OrderNoticeDue"),
		OrderID: happened.order(),
		Subject: subjectOf(happened),
		Urgent:  cancelled,
	}, nil
}

func subjectOf(happened OrderEvent) string {
	switch happened.(type) {
	case OrderPlaced:
		return "Order received"
	case OrderPaid:
		return "Payment received"
	case OrderShipped:
		return "Order shipped"
	default:
		return "Order cancelled"
	}
}
