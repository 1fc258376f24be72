package kafka

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// Listener hears about the partitions of this member.
type Listener interface {
	Gained(partitions []record.Partition)
	// Revoked comes before they go, so that what is done can be committed.
	Revoked(partitions []record.Partition)
	// Lost comes when they are gone already.
	Lost(partitions []record.Partition)
}

// Group is the membership in a consumer group.
type Group struct {
	*reader
	listener Listener
	paused   bool
	// Commits go out in the order in which they were asked for.
	committing sync.Mutex
}

// JoinGroup needs no broker yet.
func JoinGroup(
	service settings.Service, membership settings.Membership, listener Listener, log *slog.Logger,
) (*Group, error) {
	reader, err := newReader(reading(service.Kafka, membership), service.Kafka, service.Topic, membership.GroupID, log)
	if err != nil {
		return nil, err
	}
	group := &Group{reader: reader, listener: listener}
	if err := reader.consumer.Subscribe(service.Topic, group.rebalance); err != nil {
		return nil, err
	}
	return group, nil
}

// rebalance runs in Poll. Partitions come and go one by one (cooperative), not all together.
func (g *Group) rebalance(consumer *kafka.Consumer, event kafka.Event) error {
	switch event := event.(type) {
	case kafka.AssignedPartitions:
		if err := consumer.IncrementalAssign(event.Partitions); err != nil {
			return err
		}
		g.listener.Gained(partitionsOf(event.Partitions))
		if g.paused {
			return consumer.Pause(event.Partitions)
		}
	case kafka.RevokedPartitions:
		if consumer.AssignmentLost() {
			g.listener.Lost(partitionsOf(event.Partitions))
		} else {
			g.listener.Revoked(partitionsOf(event.Partitions))
		}
		return consumer.IncrementalUnassign(event.Partitions)
	}
	return nil
}

// Commit implements consumer.Group.
func (g *Group) Commit(offsets map[record.Partition]int64, done func(error)) {
	g.committing.Lock()
	go func() {
		defer g.committing.Unlock()
		done(g.commit(offsets))
	}()
}

// CommitNow implements consumer.Group.
func (g *Group) CommitNow(_ context.Context, offsets map[record.Partition]int64) error {
	g.committing.Lock()
	defer g.committing.Unlock()
	return g.commit(offsets)
}

func (g *Group) commit(offsets map[record.Partition]int64) error {
	committed, err := g.consumer.CommitOffsets(committable(offsets))
	if err != nil {
		return err
	}
	for _, one := range committed {
		if one.Error != nil {
			err = errors.Join(err, fmt.Errorf("partition %d: %w", one.Partition, one.Error))
		}
	}
	return err
}

// Pause implements consumer.Group.
func (g *Group) Pause() {
	g.paused = true
	g.all(g.consumer.Pause)
}

// Resume implements consumer.Group.
func (g *Group) Resume() {
	g.paused = false
	g.all(g.consumer.Resume)
}

// Leave implements consumer.Group.
func (g *Group) Leave() {
	if err := g.consumer.Close(); err != nil {
		g.log.Warn("The group was not left in order.", "error", err.Error())
	}
}

// Lag implements consumer.Group: from the committed offset, or the start without one, to the end
// that a reader with read_committed sees.
func (g *Group) Lag(ctx context.Context, of []record.Partition) (map[record.Partition]int64, error) {
	lag := map[record.Partition]int64{}
	if len(of) == 0 {
		return lag, nil
	}
	next, err := g.next(ctx, of)
	if err != nil {
		return nil, err
	}
	ends, err := g.offsets(ctx, of, kafka.LatestOffsetSpec)
	if err != nil {
		return nil, err
	}
	for partition, end := range ends {
		lag[partition] = max(0, end-next[partition])
	}
	return lag, nil
}

// next is where the group goes on: behind what is committed, or at the start.
func (r *reader) next(ctx context.Context, of []record.Partition) (map[record.Partition]int64, error) {
	var wanted []kafka.TopicPartition
	for _, partition := range of {
		wanted = append(wanted, at(partition, kafka.OffsetInvalid))
	}
	next, err := r.offsets(ctx, of, kafka.EarliestOffsetSpec)
	if err != nil {
		return nil, err
	}
	committed, err := r.consumer.Committed(wanted, patience(ctx))
	if err != nil {
		return nil, err
	}
	for _, one := range committed {
		next[partitionOf(one)] = max(next[partitionOf(one)], int64(one.Offset))
	}
	return next, nil
}

func (r *reader) offsets(
	ctx context.Context, of []record.Partition, spec kafka.OffsetSpec,
) (map[record.Partition]int64, error) {
	admin, err := kafka.NewAdminClientFromConsumer(r.consumer)
	if err != nil {
		return nil, err
	}
	defer admin.Close()
	wanted := map[kafka.TopicPartition]kafka.OffsetSpec{}
	for _, partition := range of {
		wanted[at(partition, 0)] = spec
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	result, err := admin.ListOffsets(ctx, wanted, kafka.SetAdminIsolationLevel(kafka.IsolationLevelReadCommitted))
	if err != nil {
		return nil, err
	}
	offsets := map[record.Partition]int64{}
	for partition, info := range result.ResultInfos {
		if info.Error.Code() == kafka.ErrNoError {
			offsets[partitionOf(partition)] = int64(info.Offset)
		}
	}
	return offsets, nil
}

func (g *Group) all(change func([]kafka.TopicPartition) error) {
	partitions, err := g.consumer.Assignment()
	if err == nil {
		err = change(partitions)
	}
	if err != nil {
		g.log.Error("Partitions could not be paused or resumed.", "topic", g.topic, "error", err.Error())
	}
}

func committable(offsets map[record.Partition]int64) []kafka.TopicPartition {
	var committable []kafka.TopicPartition
	for partition, next := range offsets {
		committable = append(committable, at(partition, kafka.Offset(next)))
	}
	return committable
}
