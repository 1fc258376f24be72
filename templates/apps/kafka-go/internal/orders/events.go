package orders

import (
	"math"
	"regexp"

	"example.com/platform-app/internal/event"
)

var currency = regexp.MustCompile(`^[A-Za-z]{3}$`)

// OrderEvent is any of the events as they are on the topic.
type OrderEvent interface {
	event.Event
	order() string
}

// Order is what all of them have. It is the key: what happens to one order stays in order.
type Order struct {
	event.Base
	OrderID string `json:"orderId"`
}

// Key implements event.Event.
func (o Order) Key() string {
	return o.OrderID
}

func (o Order) order() string {
	return o.OrderID
}

// OrderPlaced begins an order.
type OrderPlaced struct {
	Order
	CustomerID string      `json:"customerId"`
	Currency   string      `json:"currency"`
	TotalCents int64       `json:"totalCents"`
	Lines      []OrderLine `json:"lines"`
}

// OrderLine is one article of an order.
type OrderLine struct {
	SKU            string `json:"sku"`
	Quantity       int64  `json:"quantity"`
	UnitPriceCents int64  `json:"unitPriceCents"`
}

// OrderPaid says that the money is there.
type OrderPaid struct {
	Order
	PaymentID   string `json:"paymentId"`
	AmountCents int64  `json:"amountCents"`
}

// OrderShipped says that the goods are on their way.
type OrderShipped struct {
	Order
	Carrier      string `json:"carrier"`
	TrackingCode string `json:"trackingCode"`
}

// OrderCancelled ends an order early.
type OrderCancelled struct {
	Order
	Reason string `json:"reason"`
}

func readOrderPlaced(base event.Base, fields *event.Fields) OrderEvent {
	placed := OrderPlaced{
		Order:      readOrder(base, fields),
		CustomerID: fields.Identifier("customerId"),
		Currency:   fields.Matching("currency", currency, "must be three letters"),
		TotalCents: fields.Count("totalCents"),
	}
	for _, line := range fields.List("lines") {
		placed.Lines = append(placed.Lines, OrderLine{
			SKU:            line.Identifier("sku"),
			Quantity:       line.Whole("quantity", 1, math.MaxInt32),
			UnitPriceCents: line.Count("unitPriceCents"),
		})
	}
	return placed
}

func readOrderPaid(base event.Base, fields *event.Fields) OrderEvent {
	return OrderPaid{
		Order:       readOrder(base, fields),
		PaymentID:   fields.Identifier("paymentId"),
		AmountCents: fields.Count("amountCents"),
	}
}

func readOrderShipped(base event.Base, fields *event.Fields) OrderEvent {
	return OrderShipped{
		Order:        readOrder(base, fields),
		Carrier:      fields.Text("carrier"),
		TrackingCode: fields.Text("trackingCode"),
	}
}

func readOrderCancelled(base event.Base, fields *event.Fields) OrderEvent {
	return OrderCancelled{Order: readOrder(base, fields), Reason: fields.Text("reason")}
}

func readOrder(base event.Base, fields *event.Fields) Order {
	return Order{Base: base, OrderID: fields.Identifier("orderId")}
}
