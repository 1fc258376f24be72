// Package event says what every event has, and how bytes become one.
package event

import (
	"github.com/google/uuid"

	"example.com/platform-app/internal/moment"
	"example.com/platform-app/internal/sampling"
)

// Event is one thing that happened. The concrete types belong to the use case.
type Event interface {
	Common() Base
	// Key decides the partition: events with the same key stay in order.
	Key() string
}

// Base is what every event starts with; event types embed it.
type Base struct {
	EventID    uuid.UUID     `json:"eventId"`
	EventType  string        `json:"eventType"`
	OccurredAt moment.Moment `json:"occurredAt"`
}

// Sampled makes the base of a sample event.
func Sampled(source *sampling.Source, eventType string) Base {
	return Base{EventID: source.EventID(), EventType: eventType, OccurredAt: source.OccurredAt()}
}

// Common lets the services read what all events have.
func (b Base) Common() Base {
	return b
}

// Becomes is the base of an event that follows from this one: same id, same time.
func (b Base) Becomes(eventType string) Base {
	b.EventType = eventType
	return b
}

// Refused is for an event that is well-formed and still makes no sense. It becomes a dead letter.
type Refused string

func (r Refused) Error() string {
	return string(r)
}
