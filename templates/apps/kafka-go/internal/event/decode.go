package event

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"example.com/platform-app/internal/moment"
	"example.com/platform-app/internal/record"
)

// A list with a thousand wrong entries must not make a message of a thousand faults.
const mentioned = 5

// Left to itself, time.Parse also reads "12:00:00,5" and local offsets.
var isoUTC = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|\+00:00)$`)

// Undecodable means: not UTF-8 JSON.
type Undecodable string

func (u Undecodable) Error() string {
	return string(u)
}

// Invalid means: JSON, but not one of the use case's events. It holds one sentence for each fault.
type Invalid []string

func (i Invalid) Error() string {
	if len(i) <= mentioned {
		return strings.Join(i, "; ")
	}
	return fmt.Sprintf("%s; and %d more", strings.Join(i[:mentioned], "; "), len(i)-mentioned)
}

// Decode has two steps, because "not JSON" and "not one of our events" are answered apart.
func (d Domain) Decode(value []byte) (Event, error) {
	switch {
	case value == nil:
		return nil, Undecodable("The record has no value.")
	case !utf8.Valid(value):
		return nil, Undecodable("The value is not UTF-8.")
	case !json.Valid(value):
		return nil, Undecodable("The value is not JSON.")
	}
	var faults Invalid
	fields := &Fields{faults: (*[]string)(&faults)}
	if json.Unmarshal(value, &fields.values) != nil || fields.values == nil {
		return nil, Invalid{"event: must be an object"}
	}
	base := fields.base()
	read, known := d.types[base.EventType]
	if !known {
		if base.EventType != "" {
			fields.fault("eventType", "is none of this topic's")
		}
		return nil, faults
	}
	event := read(base, fields)
	if len(faults) > 0 {
		return nil, faults
	}
	return event, nil
}

func (f *Fields) base() Base {
	return Base{EventID: f.uuid("eventId"), EventType: f.Identifier("eventType"), OccurredAt: f.utc("occurredAt")}
}

func (f *Fields) uuid(name string) uuid.UUID {
	text, ok := f.text(name)
	id, err := uuid.Parse(text)
	// The library also reads other spellings, with braces for instance.
	if ok && (err != nil || len(text) != 36) {
		f.fault(name, "must be a UUID")
	}
	return id
}

func (f *Fields) utc(name string) moment.Moment {
	text, ok := f.text(name)
	if !ok {
		return moment.Moment{}
	}
	layout := time.RFC3339
	parts := isoUTC.FindStringSubmatch(text)
	if parts != nil && parts[1] == "" {
		layout = "2006-01-02T15:04Z07:00"
	}
	at, err := time.Parse(layout, text)
	if err != nil || parts == nil {
		f.fault(name, "must be ISO 8601 in UTC, such as 2026-01-01T12:00:00.000Z")
	}
	return moment.Moment{Time: at}
}

// ClassOf tells the two errors of Decode apart, for the headers of a dead letter.
func ClassOf(err error) record.ErrorClass {
	if _, ok := errors.AsType[Undecodable](err); ok {
		return record.Undecodable
	}
	return record.InvalidEvent
}
