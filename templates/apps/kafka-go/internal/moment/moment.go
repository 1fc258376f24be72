// Package moment has times as they appear everywhere outside: ISO 8601, UTC, milliseconds.
package moment

import (
	"encoding/json"
	"time"
)

const layout = "2006-01-02T15:04:05.000Z"

// Format drops what is finer than a millisecond.
func Format(t time.Time) string {
	return t.UTC().Format(layout)
}

// Now is the present, as text.
func Now() string {
	return Format(time.Now())
}

// Moment is a time that is written to JSON in that form.
type Moment struct {
	time.Time
}

// MarshalJSON implements json.Marshaler.
func (m Moment) MarshalJSON() ([]byte, error) {
	return json.Marshal(m.String())
}

func (m Moment) String() string {
	return Format(m.Time)
}
