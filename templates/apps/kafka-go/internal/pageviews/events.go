package pageviews

import (
	"regexp"

	"example.com/platform-app/internal/event"
)

var (
	page    = regexp.MustCompile(`^/`)
	country = regexp.MustCompile(`^[A-Za-z]{2}$`)
)

// PageViewed is the event as it is on the topic.
type PageViewed struct {
	event.Base
	VisitorID  string  `json:"visitorId"`
	Page       string  `json:"page"`
	Referrer   *string `json:"referrer"`
	Country    string  `json:"country"`
	DurationMs int64   `json:"durationMs"`
}

// Key keeps the pages of one visitor in order.
func (p PageViewed) Key() string {
	return p.VisitorID
}

func readPageViewed(base event.Base, fields *event.Fields) PageViewed {
	return PageViewed{
		Base:       base,
		VisitorID:  fields.Identifier("visitorId"),
		Page:       fields.Matching("page", page, "must start with /"),
		Referrer:   fields.OptionalText("referrer"),
		Country:    fields.Matching("country", country, "must be two letters"),
		DurationMs: fields.Count("durationMs"),
	}
}
