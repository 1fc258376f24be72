// Package audit keeps who did what to which resource, for searching.
package audit

import "example.com/platform-app/internal/event"

// Domain is this use case.
var Domain = event.Define(event.Definition[AuditRecorded]{
	Types: map[string]func(event.Base, *event.Fields) AuditRecorded{
		"AuditRecorded": readAuditRecorded,
	},
	Tables:  tables,
	Apply:   apply,
	Effects: effects,
	Views:   views,
	Samples: samples,
	Derive:  derive,
})
