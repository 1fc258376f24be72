package consumer

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"example.com/platform-app/internal/backoff"
	"example.com/platform-app/internal/database"
	"example.com/platform-app/internal/record"
)

// Group is the membership in a consumer group, as the client library offers it.
type Group interface {
	// Poll returns up to max records, or none if none came in a moment. It is in here, and not
	// between two polls, that partitions come and go. It fails only when Kafka refused for good.
	Poll(ctx context.Context, max int) ([]record.Record, error)
	// Commit goes on in the background; one at a time.
	Commit(offsets map[record.Partition]int64, done func(error))
	CommitNow(ctx context.Context, offsets map[record.Partition]int64) error
	// Pause keeps polls from returning records at once, also those of partitions that come later.
	Pause()
	Resume()
	Lag(ctx context.Context, partitions []record.Partition) (map[record.Partition]int64, error)
	// Leave lets the others take over at once.
	Leave()
}

// Before the next owner starts, or it would begin with what we have done already.
const commitTimeout = 5 * time.Second

// Worker reads, applies and commits. While the store or the dead letter topic is away, it pauses and
// polls on: a member that stops polling is expelled, and the others would get its work and the same
// trouble.
type Worker struct {
	processor      processor
	topic          string
	maxPollRecords int
	commitInterval time.Duration
	log            *slog.Logger
	group          Group

	assigned assignment

	// A rebalance waits for the batch under way, and a batch for the rebalance under way.
	mutex      sync.Mutex
	batch      *batch
	retryAt    time.Time
	offsets    offsets
	commitAt   time.Time
	committing bool

	// A channel, since the client may call back while a rebalance holds the mutex and waits for it.
	committed chan commitResult
}

type commitResult struct {
	offsets offsets
	err     error
}

// Run works until the context ends, then commits what is done and leaves the group. It fails when
// Kafka refused for good.
func (w *Worker) Run(ctx context.Context) error {
	defer w.finish()
	for ctx.Err() == nil {
		if err := w.step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Assigned are the partitions that this member reads.
func (w *Worker) Assigned() []record.Partition {
	return w.assigned.all()
}

// Gained is called when partitions come.
func (w *Worker) Gained(partitions []record.Partition) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.assigned.add(partitions)
	if len(partitions) > 0 {
		w.log.Info("Partitions assigned.", "topic", w.topic, "partitions", numbers(partitions))
	}
}

// Revoked is called before partitions go.
func (w *Worker) Revoked(partitions []record.Partition) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.commitNow(w.offsets.takeOf(partitions))
	w.drop(partitions)
}

// Lost is called when partitions are gone already. Others own them by now; our offsets would be
// refused, or worse, accepted.
func (w *Worker) Lost(partitions []record.Partition) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.offsets.takeOf(partitions)
	w.drop(partitions)
}

func (w *Worker) finish() {
	w.mutex.Lock()
	w.commitNow(w.offsets.take())
	w.mutex.Unlock()
	// Without the mutex: leaving gives up the partitions, which is told to us.
	w.group.Leave()
}

func (w *Worker) step(ctx context.Context) error {
	records, err := w.group.Poll(ctx, w.maxPollRecords)
	if err != nil {
		return err
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if len(records) > 0 {
		w.processor.metrics.Consumed.WithLabelValues(w.topic).Add(float64(len(records)))
		if err := w.take(records); err != nil {
			return err
		}
	}
	if w.batch != nil && !time.Now().Before(w.retryAt) {
		// A signal doesn't break off what is under way.
		if err := w.work(context.WithoutCancel(ctx)); err != nil {
			return err
		}
	}
	w.settleCommit()
	if now := time.Now(); !now.Before(w.commitAt) {
		w.commitAt = now.Add(w.commitInterval)
		w.commit()
	}
	return nil
}

// take keeps what is still ours: a poll may have rebalanced half-way.
func (w *Worker) take(records []record.Record) error {
	if w.batch != nil {
		// Either batch would be lost if work went on.
		return errors.New("records came while the partitions were paused")
	}
	records = slices.DeleteFunc(records, func(r record.Record) bool {
		return !w.assigned.has(r.Partition)
	})
	if len(records) > 0 {
		w.batch = &batch{records: records}
	}
	return nil
}

func (w *Worker) work(ctx context.Context) error {
	err := w.processor.process(ctx, w.batch)
	if err == nil {
		w.offsets.done(w.batch.records)
		w.release()
		return nil
	}
	if _, away := errors.AsType[*database.Unavailable](err); !away && !errors.Is(err, errDeadLettersLeft) {
		return err
	}
	wait := backoff.Delay(w.batch.attempts)
	w.retryAt = time.Now().Add(wait)
	w.group.Pause()
	w.processor.metrics.Paused.Set(1)
	w.log.Warn("Records wait: "+err.Error(), "topic", w.topic, "records", len(w.batch.records),
		"attempt", w.batch.attempts, "waitMs", wait.Milliseconds())
	return nil
}

func (w *Worker) release() {
	w.batch = nil
	if !w.retryAt.IsZero() {
		w.retryAt = time.Time{}
		w.group.Resume()
		w.processor.metrics.Paused.Set(0)
	}
}

func (w *Worker) commit() {
	if w.committing || len(w.offsets) == 0 {
		return
	}
	w.committing = true
	taken := w.offsets.take()
	w.group.Commit(taken, func(err error) { w.committed <- commitResult{taken, err} })
}

func (w *Worker) settleCommit() {
	select {
	case result := <-w.committed:
		w.committing = false
		if result.err != nil {
			w.log.Warn("Offsets not committed, trying again.", "topic", w.topic, "error", result.err.Error())
			// What was taken away meanwhile is no longer ours to commit.
			w.offsets.putBack(result.offsets.takeOf(w.assigned.all()))
		}
	default:
	}
}

func (w *Worker) commitNow(taken offsets) {
	if len(taken) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), commitTimeout)
	defer cancel()
	if err := w.group.CommitNow(ctx, taken); err != nil {
		// Read again by whoever comes next, and recognised by event id.
		w.log.Warn("Offsets not committed.", "topic", w.topic, "error", err.Error())
	}
}

func (w *Worker) drop(partitions []record.Partition) {
	w.assigned.remove(partitions)
	if w.batch != nil {
		w.batch.forget(partitions)
		if len(w.batch.records) == 0 {
			w.release()
		}
	}
	if len(partitions) > 0 {
		w.log.Info("Partitions given up.", "topic", w.topic, "partitions", numbers(partitions))
	}
}

func numbers(partitions []record.Partition) []int32 {
	var numbers []int32
	for _, partition := range partitions {
		numbers = append(numbers, partition.Number)
	}
	slices.Sort(numbers)
	return numbers
}
