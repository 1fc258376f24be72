package consumer

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/metrics"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/store"
)

// batch is on its way: decoded, applied in one transaction, then what failed is dead-lettered.
type batch struct {
	records  []record.Record
	attempts int
	// applied means that its effects are in the store; only dead letters may be left to write.
	applied bool
	dead    []record.DeadLetter
}

// forget those that another member reads now.
func (b *batch) forget(partitions []record.Partition) {
	b.records = slices.DeleteFunc(b.records, func(r record.Record) bool {
		return slices.Contains(partitions, r.Partition)
	})
	b.dead = slices.DeleteFunc(b.dead, func(d record.DeadLetter) bool {
		return slices.Contains(partitions, d.Record.Partition)
	})
}

// Store applies events.
type Store interface {
	Apply(ctx context.Context, batch []store.Received) (store.Applied, error)
}

// DeadLetters writes records where somebody can look at them and send them again. It returns those
// that were not acknowledged: their offsets must not be committed yet. It fails only when Kafka
// refused for good.
type DeadLetters interface {
	Send(ctx context.Context, letters []record.DeadLetter) ([]record.DeadLetter, error)
}

type processor struct {
	domain      event.Domain
	store       Store
	deadLetters DeadLetters
	metrics     *metrics.Consumer
	log         *slog.Logger
}

var errDeadLettersLeft = errors.New("the dead letter topic doesn't take them")

// process is one attempt. A batch that isn't finished fails with errDeadLettersLeft or with
// database.Unavailable, and has to be tried again.
func (p *processor) process(ctx context.Context, batch *batch) error {
	batch.attempts++
	if batch.attempts > 1 {
		p.metrics.Retried.Add(float64(len(batch.records)))
	}
	if !batch.applied {
		started := time.Now()
		err := p.apply(ctx, batch)
		p.metrics.Processing.Observe(time.Since(started).Seconds())
		if err != nil {
			return err
		}
	}
	return p.bury(ctx, batch)
}

func (p *processor) apply(ctx context.Context, batch *batch) error {
	received, dead := p.decode(batch)
	result, err := p.store.Apply(ctx, received)
	if err != nil {
		return err
	}
	for _, failed := range result.Failed {
		p.log.Error("The handler failed: "+failed.Cause.Error(), failed.Record.Where()...)
		dead = append(dead, record.DeadLetter{
			Record: failed.Record, Class: record.HandlerFailed, Message: failed.Cause.Error(), Attempts: batch.attempts,
		})
	}
	// Only now: an attempt that found no store has changed nothing.
	batch.dead, batch.applied = dead, true
	for _, fresh := range result.Fresh {
		p.metrics.Applied.WithLabelValues(fresh.Event.Common().EventType).Inc()
	}
	p.metrics.Duplicate.Add(float64(result.Duplicates))
	return nil
}

func (p *processor) decode(batch *batch) (received []store.Received, dead []record.DeadLetter) {
	received = make([]store.Received, 0, len(batch.records))
	for _, one := range batch.records {
		decoded, err := p.domain.Decode(one.Value)
		if err != nil {
			dead = append(dead, record.DeadLetter{
				Record: one, Class: event.ClassOf(err), Message: err.Error(), Attempts: batch.attempts,
			})
			continue
		}
		received = append(received, store.Received{Record: one, Event: decoded})
	}
	return received, dead
}

func (p *processor) bury(ctx context.Context, batch *batch) error {
	if len(batch.dead) == 0 {
		return nil
	}
	left, err := p.deadLetters.Send(ctx, batch.dead)
	if err != nil {
		return err
	}
	for _, letter := range batch.dead {
		if !slices.ContainsFunc(left, sameRecord(letter)) {
			p.metrics.DeadLettered.WithLabelValues(string(letter.Class)).Inc()
			p.log.Warn("Dead letter: "+letter.Message, append(letter.Record.Where(), "errorClass", letter.Class)...)
		}
	}
	batch.dead = left
	if len(left) > 0 {
		return errDeadLettersLeft
	}
	return nil
}

func sameRecord(letter record.DeadLetter) func(record.DeadLetter) bool {
	return func(other record.DeadLetter) bool {
		return other.Record.Partition == letter.Record.Partition && other.Record.Offset == letter.Record.Offset
	}
}
