package record

import (
	"strings"
	"testing"
	"time"
)

func TestTheLastHeaderOfANameCounts(t *testing.T) {
	headers := Headers{{"a", []byte("1")}, {"a", []byte("2")}, {"a", nil}}
	if text, ok := headers.Text("a"); !ok || text != "2" {
		t.Error(text)
	}
	if _, ok := headers.Text("b"); ok {
		t.Error("a header that isn't there")
	}
}

func TestADeadLetterIsTheRecordAndWhatHappenedToIt(t *testing.T) {
	read := Record{
		Partition: Partition{"events", 3}, Offset: 42, Timestamp: time.UnixMilli(1_767_225_600_000),
		Key: []byte("ann"), Value: nil, Headers: Headers{{"x", []byte("1")}, {"x", nil}},
	}
	out := DeadLetter{read, HandlerFailed, "no such\nDETAIL: payload", 2}.Outgoing("events.dlq", "group")
	if out.Topic != "events.dlq" || string(out.Key) != "ann" || out.Value != nil || out.Headers[1].Value != nil {
		t.Errorf("%+v", out)
	}
	for name, want := range map[string]string{
		"dlq-original-topic": "events", "dlq-original-partition": "3", "dlq-original-offset": "42",
		"dlq-original-timestamp": "1767225600000", "dlq-error-class": "HandlerFailed", "dlq-error-message": "no such",
		"dlq-attempts": "2", "dlq-consumer-group": "group", "x": "1",
	} {
		if got, _ := out.Headers.Text(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if made, _ := out.Headers.Text("correlation-id"); len(made) != 36 {
		t.Error(made)
	}
	if len(read.Headers) != 2 {
		t.Error("the record itself was changed")
	}
}

func TestACorrelationIDIsKeptAndALongMessageCut(t *testing.T) {
	read := Record{Headers: Headers{{"correlation-id", []byte("c-1")}}}
	out := DeadLetter{read, InvalidEvent, strings.Repeat("ä", 400), 1}.Outgoing("dlq", "group")
	if id, _ := out.Headers.Text("correlation-id"); id != "c-1" {
		t.Error(id)
	}
	if message, _ := out.Headers.Text("dlq-error-message"); len(message) > 500 || !strings.HasSuffix(message, "ä") {
		t.Error(len(message))
	}
}
