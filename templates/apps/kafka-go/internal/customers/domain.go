// Package customers keeps a table here from the changes of a customer table elsewhere.
package customers

import "example.com/platform-app/internal/event"

// Domain is this use case.
var Domain = event.Define(event.Definition[CustomerChanged]{
	Types: map[string]func(event.Base, *event.Fields) CustomerChanged{
		"CustomerChanged": readCustomerChanged,
	},
	Tables:  tables,
	Apply:   apply,
	Effects: effects,
	Views:   views,
	Samples: samples,
	Derive:  derive,
})
