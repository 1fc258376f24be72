// Package orders follows orders from placing to shipping, as a status and a history.
package orders

import "example.com/platform-app/internal/event"

// Domain is this use case.
var Domain = event.Define(event.Definition[OrderEvent]{
	Types: map[string]func(event.Base, *event.Fields) OrderEvent{
		"OrderPlaced":    readOrderPlaced,
		"OrderPaid":      readOrderPaid,
		"OrderShipped":   readOrderShipped,
		"OrderCancelled": readOrderCancelled,
	},
	Tables:  tables,
	Apply:   apply,
	Effects: effects,
	Views:   views,
	Samples: samples,
	Derive:  derive,
})
