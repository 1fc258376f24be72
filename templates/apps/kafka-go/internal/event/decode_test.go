package event_test

import (
	"errors"
	"strings"
	"testing"

	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/testkit"
)

func TestWhatIsNoUTF8JSONIsUndecodable(t *testing.T) {
	for _, value := range [][]byte{nil, {}, []byte("\xff"), []byte("{"), []byte(`{"a":NaN}`), []byte(`{} {}`)} {
		_, err := testkit.Notes.Decode(value)
		if _, ok := errors.AsType[event.Undecodable](err); !ok || event.ClassOf(err) != record.Undecodable {
			t.Errorf("%q: %v", value, err)
		}
	}
}

func TestJSONThatIsNoEventIsInvalid(t *testing.T) {
	note := func(fields map[string]any) string { return string(testkit.Event(1, "Noted", fields)) }
	for name, value := range map[string]string{
		"a number":               `5`,
		"null":                   `null`,
		"a list":                 `[]`,
		"a missing field":        note(map[string]any{"author": "ann"}),
		"null for a text":        note(map[string]any{"author": "ann", "text": nil}),
		"an empty id":            note(map[string]any{"author": "", "text": "x"}),
		"another spelling":       note(map[string]any{"Author": "ann", "text": "x"}),
		"an unknown type":        string(testkit.Event(1, "Forgotten", map[string]any{"author": "ann", "text": "x"})),
		"what no store can hold": note(map[string]any{"author": "ann", "text": "a\x00b"}),
	} {
		_, err := testkit.Notes.Decode([]byte(value))
		if _, ok := errors.AsType[event.Invalid](err); !ok || event.ClassOf(err) != record.InvalidEvent {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestIDsAndTimesHaveOneSpelling(t *testing.T) {
	with := func(field, value string) []byte {
		return testkit.Event(1, "Noted", map[string]any{"author": "ann", "text": "x", field: value})
	}
	for _, good := range [][]byte{
		with("occurredAt", "2026-01-01T12:00Z"), with("occurredAt", "2026-01-01T12:00:00+00:00"),
		with("occurredAt", "2026-01-01T12:00+00:00"), with("occurredAt", "2026-01-01T12:00:00.123456789Z"),
		with("eventId", "ABCDEF00-0000-4000-8000-000000000001"),
	} {
		if _, err := testkit.Notes.Decode(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range [][]byte{
		with("occurredAt", "2026-01-01T12:00:00"), with("occurredAt", "2026-01-01T13:00:00+01:00"),
		with("occurredAt", "2026-01-01T12:00:00,5Z"), with("occurredAt", "2026-02-30T12:00:00Z"),
		with("occurredAt", "1767225600"), with("eventId", "{00000000-0000-4000-8000-000000000001}"),
		with("eventId", "1"),
	} {
		if _, err := testkit.Notes.Decode(bad); err == nil {
			t.Errorf("%s was accepted", bad)
		}
	}
}

func TestAMessageMentionsAFewFaultsAndNeverTheValues(t *testing.T) {
	err := event.Invalid{"a", "b", "c", "d", "e", "f", "g"}
	if err.Error() != "a; b; c; d; e; and 2 more" {
		t.Error(err)
	}
	_, invalid := testkit.Notes.Decode(testkit.Event(1, "Noted", map[string]any{"author": 5, "text": "secret"}))
	if invalid == nil || strings.Contains(invalid.Error(), "secret") || !strings.Contains(invalid.Error(), "author: must be a string") {
		t.Error(invalid)
	}
}

func TestUnknownFieldsAreIgnoredSoThatProducersCanGoFirst(t *testing.T) {
	value := testkit.Event(1, "Noted", map[string]any{"author": "ann", "text": "x", "mood": "fine"})
	decoded, err := testkit.Notes.Decode(value)
	if err != nil || decoded.Key() != "ann" {
		t.Error(decoded, err)
	}
}
