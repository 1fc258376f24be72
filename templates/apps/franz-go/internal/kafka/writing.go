package kafka

import (
	"context"
	"errors"
	"iter"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"example.com/platform-app/internal/record"
)

const (
	// A round of several records fits into a batch that brokers take.
	roundBytes = 900_000
	// What a record needs besides its contents, at most.
	recordOverhead = 100
)

var errNotAcknowledged = errors.New("not acknowledged in time")

// writeAll returns when all in-sync replicas have the records, or with an error for each of them.
func (c *client) writeAll(ctx context.Context, out []record.Outgoing) []error {
	failed := make([]error, len(out))
	for first, round := range rounds(out, roundBytes) {
		c.writeRound(ctx, round, failed[first:])
	}
	return failed
}

func (c *client) writeRound(ctx context.Context, round []record.Outgoing, failed []error) {
	type fate struct {
		index int
		err   error
	}
	fates := make(chan fate, len(round))
	for i, one := range round {
		failed[i] = errNotAcknowledged
		c.Produce(ctx, outgoing(one), func(_ *kgo.Record, err error) { fates <- fate{i, err} })
	}
	for range round {
		select {
		case fate := <-fates:
			failed[fate.index] = fate.err
		case <-ctx.Done():
			return
		}
	}
	for i := range round {
		// A whole batch was refused. Which of its records is too large shows when each goes alone.
		if len(round) > 1 && errors.Is(failed[i], kerr.MessageTooLarge) {
			c.writeRound(ctx, round[i:i+1], failed[i:])
		}
	}
}

// rounds are written one after the other, and begin at an index. franz-go has one limit for records
// and batches: where a single large record has to pass, batches need another bound.
func rounds(out []record.Outgoing, most int) iter.Seq2[int, []record.Outgoing] {
	return func(yield func(int, []record.Outgoing) bool) {
		first, size := 0, 0
		for i, one := range out {
			next := one.Size() + recordOverhead
			if i > first && size+next > most {
				if !yield(first, out[first:i]) {
					return
				}
				first, size = i, 0
			}
			size += next
		}
		if first < len(out) {
			yield(first, out[first:])
		}
	}
}
