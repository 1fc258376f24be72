package transformer

import (
	"encoding/json"
	"fmt"
	"slices"

	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/record"
)

// deriver makes what is written from what was read.
type deriver struct {
	domain          event.Domain
	outputTopic     string
	deadLetterTopic string
	group           string
}

func (d deriver) all(records []record.Record) (derived []record.Outgoing, letters []record.DeadLetter) {
	for _, one := range records {
		decoded, err := d.domain.Decode(one.Value)
		if err != nil {
			letters = append(letters, letter(one, event.ClassOf(err), err))
			continue
		}
		out, err := d.one(one, decoded)
		if err != nil {
			letters = append(letters, letter(one, record.HandlerFailed, err))
			continue
		}
		derived = append(derived, out)
	}
	return derived, letters
}

func (d deriver) buried(letters []record.DeadLetter) []record.Outgoing {
	out := make([]record.Outgoing, len(letters))
	for i, letter := range letters {
		out[i] = letter.Outgoing(d.deadLetterTopic, d.group)
	}
	return out
}

// one keeps key and headers, so that the derived events are as much in order as their inputs. A
// panic is the domain's bug like any error, and must not stop the other records.
func (d deriver) one(read record.Record, decoded event.Event) (out record.Outgoing, err error) {
	defer func() {
		if bug := recover(); bug != nil {
			err = fmt.Errorf("the handler panicked: %v", bug)
		}
	}()
	derived, err := d.domain.Derive(decoded)
	if err != nil {
		return out, err
	}
	value, err := json.Marshal(derived)
	if err != nil {
		return out, err
	}
	return record.Outgoing{
		Topic: d.outputTopic, Key: read.Key, Value: value,
		Headers: typed(read.Headers, derived.Common().EventType),
	}, nil
}

func typed(headers record.Headers, eventType string) record.Headers {
	kept := slices.DeleteFunc(slices.Clone(headers), func(h record.Header) bool { return h.Name == "event-type" })
	return append(kept, record.Header{Name: "event-type", Value: []byte(eventType)})
}

func letter(read record.Record, class record.ErrorClass, err error) record.DeadLetter {
	return record.DeadLetter{Record: read, Class: class, Message: err.Error(), Attempts: 1}
}
