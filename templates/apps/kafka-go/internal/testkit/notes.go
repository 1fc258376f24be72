// Package testkit is for tests: a use case of their own, so that the common code is tested whatever
// this project is about, and what the tests of several packages need.
package testkit

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"

	"github.com/google/uuid"

	"example.com/platform-app/internal/database"
	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/sampling"
	"example.com/platform-app/internal/view"
)

// Texts that the handler has its troubles with.
const (
	Unspeakable = "unspeakable"
	Alarming    = "alarming"
)

// Noted is a note.
type Noted struct {
	event.Base
	Author string `json:"author"`
	Text   string `json:"text"`
}

// Key implements event.Event.
func (n Noted) Key() string {
	return n.Author
}

// NoteWritten follows from a note.
type NoteWritten struct {
	event.Base
	Length int `json:"length"`
}

// Notes is the use case.
var Notes = event.Define(event.Definition[Noted]{
	Types: map[string]func(event.Base, *event.Fields) Noted{
		"Noted": func(base event.Base, fields *event.Fields) Noted {
			return Noted{base, fields.Identifier("author"), fields.Text("text")}
		},
	},
	Tables:  []string{"CREATE TABLE IF NOT EXISTS notes (author TEXT NOT NULL, text TEXT NOT NULL)"},
	Apply:   apply,
	Effects: "SELECT COUNT(*) FROM notes",
	Views: []view.View{{Pattern: "GET /views/notes", Answer: func(question *view.Question) (any, error) {
		return view.Rows(question, scanText, "SELECT text FROM notes ORDER BY text")
	}}},
	Samples: samples,
	Derive: func(noted Noted) (event.Derived, error) {
		return NoteWritten{noted.Becomes("NoteWritten"), len(noted.Text)}, trouble(noted)
	},
})

func apply(ctx context.Context, tx *database.Tx, events []Noted) error {
	for _, noted := range events {
		if err := tx.Exec(ctx, "INSERT INTO notes VALUES (?, ?)", noted.Author, noted.Text); err != nil {
			return err
		}
		// After the write, so that a test sees whether it is undone.
		if err := trouble(noted); err != nil {
			return err
		}
	}
	return nil
}

func trouble(noted Noted) error {
	switch noted.Text {
	case Unspeakable:
		return event.Refused("nobody may note that")
	case Alarming:
		panic("don't panic")
	}
	return nil
}

func samples(source *sampling.Source) iter.Seq[Noted] {
	return func(yield func(Noted) bool) {
		authors := []string{"ann", "ben", "cem"}
		for yield(Noted{event.Sampled(source, "Noted"), sampling.Pick(source, authors), source.Reference("note")}) {
		}
	}
}

func scanText(rows *sql.Rows) (text string, err error) {
	err = rows.Scan(&text)
	return text, err
}

// Note is the JSON of a note; the same number makes the same event id.
func Note(number int, text string) []byte {
	return Event(number, "Noted", map[string]any{"author": "ann", "text": text})
}

// Event is the JSON of an event with the given fields.
func Event(number int, eventType string, fields map[string]any) []byte {
	all := map[string]any{
		"eventId": ID(number), "eventType": eventType, "occurredAt": "2026-01-01T12:00:00.000Z",
	}
	for name, value := range fields {
		all[name] = value
	}
	value, err := json.Marshal(all)
	if err != nil {
		panic(err)
	}
	return value
}

// ID is the event id of that number.
func ID(number int) string {
	return uuid.MustParse(fmt.Sprintf("00000000-0000-4000-8000-%012d", number)).String()
}

// Record is a record with a value.
func Record(partition int32, offset int64, value []byte) record.Record {
	return record.Record{
		Partition: record.Partition{Topic: "events", Number: partition},
		Offset:    offset,
		Key:       []byte("ann"),
		Value:     value,
		Headers:   record.Headers{{Name: "correlation-id", Value: []byte("c-1")}},
	}
}
