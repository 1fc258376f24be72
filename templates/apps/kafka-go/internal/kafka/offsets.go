package kafka

import (
	"context"
	"errors"

	"github.com/segmentio/kafka-go"

	"example.com/platform-app/internal/record"
)

// bounds of a partition: its first offset, and the end that a reader with read_committed sees.
type bounds struct {
	start, end int64
}

func (c *client) bounds(ctx context.Context, of []record.Partition) (map[record.Partition]bounds, error) {
	wanted := map[string][]kafka.OffsetRequest{}
	for _, partition := range of {
		number := int(partition.Number)
		wanted[partition.Topic] = append(wanted[partition.Topic], kafka.FirstOffsetOf(number), kafka.LastOffsetOf(number))
	}
	answer, err := c.ListOffsets(ctx, &kafka.ListOffsetsRequest{Topics: wanted, IsolationLevel: kafka.ReadCommitted})
	if err != nil {
		return nil, err
	}
	found := map[record.Partition]bounds{}
	for topic, partitions := range answer.Topics {
		for _, one := range partitions {
			if one.Error == nil {
				found[record.Partition{Topic: topic, Number: int32(one.Partition)}] = bounds{one.FirstOffset, one.LastOffset}
			}
		}
	}
	return found, nil
}

// next is where the group goes on: behind what is committed, or at the start.
func (c *client) next(ctx context.Context, group string, bounds map[record.Partition]bounds) (map[record.Partition]int64, error) {
	next := map[record.Partition]int64{}
	wanted := map[string][]int{}
	for partition, known := range bounds {
		next[partition] = known.start
		wanted[partition.Topic] = append(wanted[partition.Topic], int(partition.Number))
	}
	answer, err := c.OffsetFetch(ctx, &kafka.OffsetFetchRequest{GroupID: group, Topics: wanted})
	if err != nil {
		return nil, err
	}
	if answer.Error != nil && !errors.Is(answer.Error, kafka.GroupIdNotFound) {
		return nil, answer.Error
	}
	for topic, partitions := range answer.Topics {
		for _, one := range partitions {
			if one.Error != nil {
				return nil, one.Error
			}
			partition := record.Partition{Topic: topic, Number: int32(one.Partition)}
			// -1 where nothing is committed.
			next[partition] = max(next[partition], one.CommittedOffset)
		}
	}
	return next, nil
}

// Lag implements consumer.Group.
func (g *Group) Lag(ctx context.Context, of []record.Partition) (map[record.Partition]int64, error) {
	lag := map[record.Partition]int64{}
	if len(of) == 0 {
		return lag, nil
	}
	bounds, err := g.bounds(ctx, of)
	if err != nil {
		return nil, err
	}
	next, err := g.next(ctx, g.membership.ID, bounds)
	if err != nil {
		return nil, err
	}
	for partition, known := range bounds {
		lag[partition] = max(0, known.end-next[partition])
	}
	return lag, nil
}
