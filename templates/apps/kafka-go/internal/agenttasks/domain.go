// Package agenttasks follows what software agents were asked to do, which tools they called and
// how it ended.
package agenttasks

import "example.com/platform-app/internal/event"

// Domain is this use case.
var Domain = event.Define(event.Definition[TaskEvent]{
	Types: map[string]func(event.Base, *event.Fields) TaskEvent{
		"TaskCreated":   readTaskCreated,
		"ToolCalled":    readToolCalled,
		"ToolReturned":  readToolReturned,
		"TaskCompleted": readTaskCompleted,
		"TaskFailed":    readTaskFailed,
	},
	Tables:  tables,
	Apply:   apply,
	Effects: effects,
	Views:   views,
	Samples: samples,
	Derive:  derive,
})
