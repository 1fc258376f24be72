package record

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"example.com/platform-app/internal/moment"
)

const longestMessage = 500

// ErrorClass says why a record could not be handled.
type ErrorClass string

// The classes are part of the contract: dashboards and people sort dead letters by them.
const (
	Undecodable   ErrorClass = "Undecodable"
	InvalidEvent  ErrorClass = "InvalidEvent"
	HandlerFailed ErrorClass = "HandlerFailed"
)

// ErrorClasses are all of them.
var ErrorClasses = []ErrorClass{Undecodable, InvalidEvent, HandlerFailed}

// Prefix marks the headers that are added to a dead letter.
const Prefix = "dlq-"

// OriginalTopic names the header that says which topic a dead letter came from.
const OriginalTopic = Prefix + "original-topic"

// DeadLetter is a record that can't be handled, and what happened to it.
type DeadLetter struct {
	Record   Record
	Class    ErrorClass
	Message  string
	Attempts int
}

// Outgoing is the record unchanged, with the reasons in its headers.
func (d DeadLetter) Outgoing(topic, group string) Outgoing {
	record := d.Record
	added := Headers{
		{OriginalTopic, []byte(record.Topic)},
		{"dlq-original-partition", []byte(strconv.Itoa(int(record.Number)))},
		{"dlq-original-offset", []byte(strconv.FormatInt(record.Offset, 10))},
		{"dlq-original-timestamp", []byte(strconv.FormatInt(record.Timestamp.UnixMilli(), 10))},
		{"dlq-error-class", []byte(d.Class)},
		{"dlq-error-message", []byte(sentence(d.Message))},
		{"dlq-attempts", []byte(strconv.Itoa(d.Attempts))},
		{"dlq-failed-at", []byte(moment.Now())},
		{"dlq-consumer-group", []byte(group)},
	}
	if _, known := record.Headers.Text("correlation-id"); !known {
		added = append(added, Header{"correlation-id", []byte(uuid.NewString())})
	}
	return Outgoing{
		Topic:   topic,
		Key:     record.Key,
		Value:   record.Value,
		Headers: append(slices.Clone(record.Headers), added...),
	}
}

// sentence is the first line: what databases add below may quote the event, and headers count as size.
func sentence(message string) string {
	line, _, _ := strings.Cut(message, "\n")
	if len(line) > longestMessage {
		line = strings.ToValidUTF8(line[:longestMessage], "")
	}
	return line
}
