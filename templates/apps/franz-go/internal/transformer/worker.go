package transformer

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"example.com/platform-app/internal/backoff"
	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/metrics"
	"example.com/platform-app/internal/record"
)

// Session is the membership in a consumer group together with a transactional producer, as the
// client library offers them.
type Session interface {
	// Poll returns up to max records, or none if none came in a moment.
	Poll(ctx context.Context, max int) ([]record.Record, error)
	// Transact writes the records and the offsets of what was polled, in one transaction. If that
	// was aborted, the polled records are read again. It fails with cluster.Refused when another
	// instance took the transactional id over; after any other error the session is of no more use.
	Transact(ctx context.Context, out []record.Outgoing) (committed bool, err error)
	Assigned() bool
	Leave()
}

// Stats are counted since the start.
type Stats struct {
	Transformed  int64 `json:"transformed"`
	DeadLettered int64 `json:"deadLettered"`
}

// Worker reads, derives and writes, in transactions.
type Worker struct {
	open           func(context.Context) (Session, error)
	derive         deriver
	topic          string
	maxPollRecords int
	metrics        *metrics.Transformer
	log            *slog.Logger

	session      atomic.Pointer[Session]
	transformed  atomic.Int64
	deadLettered atomic.Int64
}

// Run works until the context ends. It fails when Kafka refused for good.
func (w *Worker) Run(ctx context.Context) error {
	for attempt := 1; ctx.Err() == nil; attempt++ {
		err := w.runSession(ctx, func() { attempt = 0 })
		if _, refused := errors.AsType[*cluster.Refused](err); refused || err == nil {
			return err
		}
		if ctx.Err() != nil {
			break
		}
		wait := backoff.Delay(attempt)
		w.log.Warn("Starting over with a new session: "+err.Error(), "attempt", attempt, "waitMs", wait.Milliseconds())
		pause(ctx, wait)
	}
	return nil
}

// Assigned says whether there is a partition to read.
func (w *Worker) Assigned() bool {
	session := w.session.Load()
	return session != nil && (*session).Assigned()
}

// Stats are those of this process.
func (w *Worker) Stats() Stats {
	return Stats{Transformed: w.transformed.Load(), DeadLettered: w.deadLettered.Load()}
}

func (w *Worker) runSession(ctx context.Context, onProgress func()) error {
	session, err := w.open(ctx)
	if err != nil {
		return err
	}
	defer session.Leave()
	w.session.Store(&session)
	for aborted := 0; ctx.Err() == nil; {
		records, err := session.Poll(ctx, w.maxPollRecords)
		if err != nil {
			return err
		}
		if len(records) == 0 {
			continue
		}
		// A signal doesn't break off what is under way.
		committed, err := w.transact(context.WithoutCancel(ctx), session, records)
		if err != nil {
			return err
		}
		if committed {
			aborted = 0
			onProgress()
			continue
		}
		aborted++
		pause(ctx, backoff.Delay(aborted))
	}
	return nil
}

func (w *Worker) transact(ctx context.Context, session Session, records []record.Record) (bool, error) {
	derived, letters := w.derive.all(records)
	committed, err := session.Transact(ctx, append(derived, w.derive.buried(letters)...))
	if err != nil || !committed {
		w.metrics.Transactions.WithLabelValues(metrics.Aborted).Inc()
		return false, err
	}
	w.metrics.Transactions.WithLabelValues(metrics.Committed).Inc()
	w.metrics.Consumed.WithLabelValues(w.topic).Add(float64(len(records)))
	w.transformed.Add(int64(len(derived)))
	w.deadLettered.Add(int64(len(letters)))
	for _, letter := range letters {
		w.metrics.DeadLettered.WithLabelValues(string(letter.Class)).Inc()
		w.log.Warn("Dead letter: "+letter.Message, append(letter.Record.Where(), "errorClass", letter.Class)...)
	}
	return true, nil
}

func pause(ctx context.Context, wait time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(wait):
	}
}
