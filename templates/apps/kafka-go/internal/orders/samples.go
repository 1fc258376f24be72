package orders

import (
	"fmt"
	"iter"
	"slices"

	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/sampling"
)

const (
	mostOpen       = 40
	customers      = 800
	cancelledShare = 0.08
)

type article struct {
	sku   string
	cents int64
}

var (
	articles = []article{
		{"ESP-9-CHROME", 64900},
		{"GRD-64-BLACK", 28900},
		{"KTL-GOOSE-1L", 8950},
		{"BEAN-GUJI-250", 1450},
		{"BEAN-HUILA-1K", 3990},
		{"FILT-02-100", 690},
		{"SCALE-01G", 3490},
		{"CUP-DBL-2", 1990},
	}
	currencies = []string{"EUR", "USD", "GBP", "SEK"}
	carriers   = []string{"DHL", "UPS", "DPD", "PostNL"}
	reasons    = []string{"customer changed their mind", "payment failed", "out of stock", "suspected fraud"}
)

// open is an order that something will still happen to.
type open struct {
	orderID    string
	totalCents int64
	paid       bool
}

// samples are orders that are placed, paid and shipped while others come in; some are cancelled.
func samples(source *sampling.Source) iter.Seq[OrderEvent] {
	return func(yield func(OrderEvent) bool) {
		var waiting []*open
		for {
			var next OrderEvent
			if len(waiting) < mostOpen && (len(waiting) == 0 || source.Chance(0.4)) {
				placed := samplePlaced(source)
				waiting = append(waiting, &open{orderID: placed.OrderID, totalCents: placed.TotalCents})
				next = placed
			} else {
				index := source.Skewed(len(waiting))
				var done bool
				next, done = sampleStep(source, waiting[index])
				if done {
					waiting = slices.Delete(waiting, index, index+1)
				}
			}
			if !yield(next) {
				return
			}
		}
	}
}

func samplePlaced(source *sampling.Source) OrderPlaced {
	placed := OrderPlaced{
		Order:      Order{event.Sampled(source, "OrderPlaced"), source.Reference("order")},
		CustomerID: fmt.Sprintf("customer-%04d", source.Skewed(customers)),
		Currency:   sampling.Pick(source, currencies),
	}
	for _, article := range sampling.Sample(source, articles, 1+source.Skewed(4)) {
		quantity := int64(1 + source.Skewed(4))
		placed.Lines = append(placed.Lines, OrderLine{article.sku, quantity, article.cents})
		placed.TotalCents += quantity * article.cents
	}
	return placed
}

// sampleStep is what happens next, and whether it was the last.
func sampleStep(source *sampling.Source, order *open) (next OrderEvent, done bool) {
	switch {
	case order.paid:
		return OrderShipped{
			Order:        Order{event.Sampled(source, "OrderShipped"), order.orderID},
			Carrier:      sampling.Pick(source, carriers),
			TrackingCode: fmt.Sprintf("%015d", source.Between(0, 1<<48-1)),
		}, true
	case source.Chance(cancelledShare):
		return OrderCancelled{
			Order:  Order{event.Sampled(source, "OrderCancelled"), order.orderID},
			Reason: sampling.Pick(source, reasons),
		}, true
	default:
		order.paid = true
		return OrderPaid{
			Order:       Order{event.Sampled(source, "OrderPaid"), order.orderID},
			PaymentID:   source.Reference("pay"),
			AmountCents: order.totalCents,
		}, false
	}
}
