// Package pageviews counts page views, per page in one-minute windows.
package pageviews

import "example.com/platform-app/internal/event"

// Domain is this use case.
var Domain = event.Define(event.Definition[PageViewed]{
	Types:   map[string]func(event.Base, *event.Fields) PageViewed{"PageViewed": readPageViewed},
	Tables:  tables,
	Apply:   apply,
	Effects: effects,
	Views:   views,
	Samples: samples,
	Derive:  derive,
})
