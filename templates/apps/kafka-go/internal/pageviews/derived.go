package pageviews

import (
	"strings"

	"example.com/platform-app/internal/event"
)

// VisitMeasured says how much attention a page got.
type VisitMeasured struct {
	event.Base
	VisitorID string `json:"visitorId"`
	Page      string `json:"page"`
	Section   string `json:"section"`
	Attention string `json:"attention"`
}

func derive(viewed PageViewed) (event.Derived, error) {
	return VisitMeasured{
		Base:      viewed.Becomes("VisitMeasured"),
		VisitorID: viewed.VisitorID,
		Page:      viewed.Page,
		Section:   sectionOf(viewed.Page),
		Attention: attentionOf(viewed.DurationMs),
	}, nil
}

func sectionOf(page string) string {
	section, _, _ := strings.Cut(strings.TrimPrefix(page, "/"), "/")
	if section == "" {
		return "home"
	}
	return section
}

func attentionOf(durationMs int64) string {
	switch {
	case durationMs < 5_000:
		return "glance"
	case durationMs < 30_000:
		return "visit"
	default:
		return "read"
	}
}
