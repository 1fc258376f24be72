package transformer

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/metrics"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/testkit"
)

// fakeSession gives out its records until they are committed.
type fakeSession struct {
	records   []record.Record
	outcomes  []error // nil commits, errAbort aborts, others break the session
	committed []record.Outgoing
	left      int
}

var errAbort = errors.New("aborted")

func (s *fakeSession) Poll(ctx context.Context, _ int) ([]record.Record, error) {
	if len(s.records) == 0 {
		<-ctx.Done()
	}
	return s.records, nil
}

func (s *fakeSession) Transact(_ context.Context, out []record.Outgoing) (bool, error) {
	var outcome error
	if len(s.outcomes) > 0 {
		outcome, s.outcomes = s.outcomes[0], s.outcomes[1:]
	}
	switch {
	case outcome == nil:
		s.committed = append(s.committed, out...)
		s.records = nil
		return true, nil
	case errors.Is(outcome, errAbort):
		return false, nil
	default:
		return false, outcome
	}
}

func (s *fakeSession) Assigned() bool { return true }
func (s *fakeSession) Leave()         { s.left++ }

func newWorker(session *fakeSession) *Worker {
	return &Worker{
		open:   func(context.Context) (Session, error) { return session, nil },
		derive: deriver{domain: testkit.Notes, outputTopic: "derived", deadLetterTopic: "dlq", group: "group"},
		topic:  "events", maxPollRecords: 10, metrics: metrics.NewTransformer(), log: testkit.Silence(),
	}
}

func runFor(t *testing.T, worker *Worker, time time.Duration) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time)
	defer cancel()
	return worker.Run(ctx)
}

func TestEachEventBecomesADerivedOneOrADeadLetterInTheSameTransaction(t *testing.T) {
	session := &fakeSession{records: []record.Record{
		testkit.Record(0, 1, testkit.Note(1, "four")), testkit.Record(0, 2, []byte("poison")),
		testkit.Record(0, 3, testkit.Note(3, testkit.Unspeakable)), testkit.Record(0, 4, testkit.Note(4, testkit.Alarming)),
	}}
	worker := newWorker(session)
	synctest.Test(t, func(t *testing.T) {
		if err := runFor(t, worker, time.Second); err != nil {
			t.Fatal(err)
		}
	})
	if len(session.committed) != 4 || session.left != 1 || worker.Stats() != (Stats{1, 3}) {
		t.Fatalf("%+v %+v", session, worker.Stats())
	}
	derived := session.committed[0]
	testkit.SameJSON(t, string(derived.Value),
		`{"eventId":"`+testkit.ID(1)+`","eventType":"NoteWritten","occurredAt":"2026-01-01T12:00:00.000Z","length":4}`)
	if eventType, _ := derived.Headers.Text("event-type"); derived.Topic != "derived" || string(derived.Key) != "ann" || eventType != "NoteWritten" {
		t.Errorf("%+v", derived)
	}
	classes := map[string]int{}
	for _, letter := range session.committed[1:] {
		class, _ := letter.Headers.Text("dlq-error-class")
		classes[class]++
	}
	if classes["Undecodable"] != 1 || classes["HandlerFailed"] != 2 {
		t.Error(classes)
	}
}

func TestAnAbortedTransactionIsReadAgain(t *testing.T) {
	session := &fakeSession{records: []record.Record{testkit.Record(0, 1, testkit.Note(1, "a"))}, outcomes: []error{errAbort, errAbort}}
	worker := newWorker(session)
	synctest.Test(t, func(t *testing.T) {
		if err := runFor(t, worker, time.Minute); err != nil {
			t.Fatal(err)
		}
	})
	aborted := testutil.ToFloat64(worker.metrics.Transactions.WithLabelValues(metrics.Aborted))
	if worker.Stats().Transformed != 1 || aborted != 2 || session.left != 1 {
		t.Error(worker.Stats(), aborted)
	}
}

func TestAfterAnErrorANewSessionIsOpened(t *testing.T) {
	session := &fakeSession{
		records: []record.Record{testkit.Record(0, 1, testkit.Note(1, "a"))}, outcomes: []error{errors.New("broken")},
	}
	worker := newWorker(session)
	synctest.Test(t, func(t *testing.T) {
		if worker.Assigned() {
			t.Error("assigned before there was a session")
		}
		if err := runFor(t, worker, time.Minute); err != nil {
			t.Fatal(err)
		}
	})
	if worker.Stats().Transformed != 1 || session.left != 2 || !worker.Assigned() {
		t.Error(worker.Stats(), session.left)
	}
}

func TestAZombieEnds(t *testing.T) {
	fenced := &cluster.Refused{Reason: "another instance has taken over"}
	session := &fakeSession{records: []record.Record{testkit.Record(0, 1, testkit.Note(1, "a"))}, outcomes: []error{fenced}}
	if err := runFor(t, newWorker(session), time.Minute); !errors.Is(err, fenced) || session.left != 1 {
		t.Error(err)
	}
}
