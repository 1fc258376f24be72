// Package record has Kafka's records as the application sees them, apart from any client library.
package record

import "time"

// Header is one header; a name may occur several times.
type Header struct {
	Name  string
	Value []byte
}

// Headers keep their order.
type Headers []Header

// Text is the value of a header. The last one counts when a name occurs twice, as in Kafka's
// Headers.lastHeader.
func (h Headers) Text(name string) (text string, ok bool) {
	for i := len(h) - 1; i >= 0; i-- {
		if h[i].Name == name && h[i].Value != nil {
			return string(h[i].Value), true
		}
	}
	return "", false
}

// Partition is where records stand.
type Partition struct {
	Topic  string
	Number int32
}

// Record was read from a topic.
type Record struct {
	Partition
	Offset    int64
	Timestamp time.Time
	Key       []byte
	Value     []byte
	Headers   Headers
}

// Where is for log lines: what is known of the record, and no payload.
func (r Record) Where() []any {
	where := []any{"topic", r.Topic, "partition", r.Number, "offset", r.Offset}
	for field, header := range map[string]string{"correlationId": "correlation-id", "eventId": "event-id"} {
		if text, ok := r.Headers.Text(header); ok {
			where = append(where, field, text)
		}
	}
	return where
}

// Outgoing is a record that is to be written. A nil key or value is null on the wire too.
type Outgoing struct {
	Topic   string
	Key     []byte
	Value   []byte
	Headers Headers
}

// Size is in bytes, before compression.
func (o Outgoing) Size() int {
	size := len(o.Key) + len(o.Value)
	for _, header := range o.Headers {
		size += len(header.Name) + len(header.Value)
	}
	return size
}
