package producer

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/metrics"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/testkit"
	"example.com/platform-app/internal/web"
)

// fixture is the API with a sender that notes what it gets and fails as it is told.
type fixture struct {
	api     *api
	handler http.Handler
	sent    []record.Outgoing
	failure *delivery.Failure
	missing bool
	log     bytes.Buffer
}

func newFixture() *fixture {
	f := &fixture{}
	log := slog.New(slog.NewJSONHandler(&f.log, nil))
	f.api = &api{
		domain: testkit.Notes, topic: "events", topicMissing: func() bool { return f.missing },
		metrics: metrics.NewProducer(), log: log,
		send: func(out record.Outgoing) (delivery.Delivery, *delivery.Failure) {
			f.sent = append(f.sent, out)
			return delivery.Delivery{Topic: "events", Partition: 3, Offset: 42}, f.failure
		},
	}
	routes := http.NewServeMux()
	routes.HandleFunc("POST /events", f.api.accept)
	f.handler = web.Handler(routes, log)
	return f
}

func (f *fixture) post(body []byte) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodPost, "/events", bytes.NewReader(body))
	request.Header.Set("X-Correlation-Id", "c-1")
	request.Header.Set("traceparent", "00-abc-def-01")
	response := httptest.NewRecorder()
	f.handler.ServeHTTP(response, request)
	return response
}

func (f *fixture) rejected(reason string) float64 {
	return testutil.ToFloat64(f.api.metrics.Rejected.WithLabelValues(reason))
}

func TestAnAcceptedEventIsAnsweredWithWhereItIs(t *testing.T) {
	f := newFixture()
	value := testkit.Event(1, "Noted", map[string]any{"author": "ann", "text": "a", "mood": "fine"})
	response := f.post(value)
	if response.Code != 202 {
		t.Fatal(response)
	}
	testkit.SameJSON(t, response.Body.String(), `{"eventId":"`+testkit.ID(1)+`","topic":"events","partition":3,"offset":42}`)
	sent := f.sent[0]
	if string(sent.Key) != "ann" || !bytes.Equal(sent.Value, value) {
		t.Errorf("%s %s", sent.Key, sent.Value)
	}
	for name, want := range map[string]string{
		"event-id": testkit.ID(1), "event-type": "Noted", "correlation-id": "c-1",
		"content-type": "application/json", "traceparent": "00-abc-def-01",
	} {
		if got, _ := sent.Headers.Text(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := testutil.ToFloat64(f.api.metrics.Produced.WithLabelValues("events")); got != 1 {
		t.Error(got)
	}
}

func TestWhatIsNoEventNeverReachesKafka(t *testing.T) {
	f := newFixture()
	response := f.post([]byte("{"))
	if response.Code != 400 {
		t.Error(response)
	}
	testkit.SameJSON(t, response.Body.String(),
		`{"error":"malformed_json","message":"The value is not JSON.","correlationId":"c-1","details":[]}`)
	response = f.post(testkit.Event(1, "Noted", map[string]any{"author": "ann"}))
	if response.Code != 422 {
		t.Error(response)
	}
	testkit.SameJSON(t, response.Body.String(),
		`{"error":"invalid_event","message":"This is no valid event.","correlationId":"c-1","details":["text: is required"]}`)
	if len(f.sent) != 0 || f.rejected("invalid") != 2 {
		t.Error(len(f.sent), f.rejected("invalid"))
	}
}

func TestARequestThatEndsEarlyIsNobodysEvent(t *testing.T) {
	f := newFixture()
	request := httptest.NewRequest(http.MethodPost, "/events", iotest.ErrReader(io.ErrUnexpectedEOF))
	response := httptest.NewRecorder()
	f.handler.ServeHTTP(response, request)
	if response.Code != 400 || !strings.Contains(response.Body.String(), "client_disconnected") || f.rejected("timeout") != 0 {
		t.Error(response)
	}
}

func TestAnEventThatNoRecordCanHoldIsTooLarge(t *testing.T) {
	f := newFixture()
	if response := f.post(testkit.Note(1, strings.Repeat("x", maxRecordBytes))); response.Code != 413 || len(f.sent) != 0 {
		t.Error(response.Code)
	}
}

func TestEachFailureHasItsAnswerItsCountAndALineWithTheCorrelationID(t *testing.T) {
	for reason, want := range map[delivery.Reason]struct {
		status             int
		metric, retryAfter string
	}{
		delivery.TooLarge:        {413, "too_large", ""},
		delivery.Unauthorised:    {403, "unauthorised", ""},
		delivery.UnknownTopic:    {404, "unknown_topic", ""},
		delivery.QueueFull:       {503, "queue_full", "1"},
		delivery.NotAcknowledged: {503, "timeout", "5"},
	} {
		f := newFixture()
		f.failure = &delivery.Failure{Reason: reason, Detail: "so it is"}
		response := f.post(testkit.Note(1, "a"))
		if response.Code != want.status || response.Header().Get("Retry-After") != want.retryAfter || f.rejected(want.metric) != 1 {
			t.Errorf("%s: %v", want.metric, response)
		}
		var line struct{ Msg, CorrelationID, EventID, Topic string }
		if err := json.Unmarshal(f.log.Bytes(), &line); err != nil || line.CorrelationID != "c-1" ||
			line.EventID != testkit.ID(1) || line.Topic != "events" || !strings.Contains(line.Msg, "so it is") {
			t.Error(f.log.String(), err)
		}
	}
}

func TestATopicThatIsKnownToBeMissingIsNotWaitedFor(t *testing.T) {
	f := newFixture()
	f.missing = true
	if response := f.post(testkit.Note(1, "a")); response.Code != 404 || len(f.sent) != 0 {
		t.Error(response)
	}
}
