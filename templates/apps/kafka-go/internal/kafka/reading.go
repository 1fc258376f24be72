package kafka

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"github.com/segmentio/kafka-go"

	"example.com/platform-app/internal/backoff"
	"example.com/platform-app/internal/record"
)

// reading fetches ahead, for one generation.
type reading struct {
	client *client
	// refuse ends the membership.
	refuse func(error)
	log    *slog.Logger
	pages  chan page
	cancel context.CancelFunc
	parts  sync.WaitGroup
}

// read begins at the given offsets, or at kafka.FirstOffset.
func (g *Group) read(from map[record.Partition]int64) *reading {
	ctx, cancel := context.WithCancel(context.Background())
	started := &reading{
		client: g.client, refuse: g.fail, log: g.log, cancel: cancel,
		// With the one that each partition holds while it waits, the most that is fetched ahead.
		pages: make(chan page, 4),
	}
	for partition, offset := range from {
		started.parts.Go(func() { started.follow(ctx, partition, offset) })
	}
	return started
}

func (r *reading) stop() {
	r.cancel()
	r.parts.Wait()
}

func (r *reading) follow(ctx context.Context, partition record.Partition, next int64) {
	for attempt := 1; ctx.Err() == nil; attempt++ {
		read, err := r.page(ctx, partition, next)
		if refused := noRights(err, rights{topic: "Read on topic " + partition.Topic}); refused != nil {
			r.refuse(refused)
			return
		}
		if err != nil {
			if ctx.Err() == nil {
				r.log.Debug("Not read, trying again.", "topic", partition.Topic, "partition", partition.Number, "error", err.Error())
				pause(ctx, backoff.Delay(attempt))
			}
			continue
		}
		attempt, next = 0, read.next
		if len(read.records) > 0 {
			select {
			case r.pages <- read:
			case <-ctx.Done():
			}
		}
	}
}

// page: an offset that isn't there (any more) means the start, as auto.offset.reset=earliest does.
func (r *reading) page(ctx context.Context, partition record.Partition, from int64) (page, error) {
	if from != kafka.FirstOffset {
		read, err := r.client.read(ctx, partition, from)
		if !errors.Is(err, kafka.OffsetOutOfRange) {
			return read, err
		}
		r.log.Warn("The offset is gone, reading from the start.", "topic", partition.Topic, "partition", partition.Number, "offset", from)
	}
	bounds, err := r.client.bounds(ctx, []record.Partition{partition})
	if err != nil {
		return page{}, err
	}
	found, known := bounds[partition]
	if !known {
		return page{}, kafka.UnknownTopicOrPartition
	}
	return page{partition: partition, next: found.start}, nil
}
