package kafka

import (
	"context"
	"errors"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"

	"example.com/platform-app/internal/record"
)

// Lag implements consumer.Group: from the committed offset, or the start without one, to the end
// that a reader with read_committed sees.
func (g *Group) Lag(ctx context.Context, of []record.Partition) (map[record.Partition]int64, error) {
	admin := kadm.NewClient(g.client.Client)
	commits, err := committedOffsets(ctx, admin, g.group, g.topic)
	if err != nil {
		return nil, err
	}
	starts, err := admin.ListStartOffsets(ctx, g.topic)
	if err != nil {
		return nil, err
	}
	ends, err := admin.ListCommittedOffsets(ctx, g.topic)
	if err != nil {
		return nil, err
	}
	lag := map[record.Partition]int64{}
	for _, partition := range of {
		end, ok := ends.Lookup(partition.Topic, partition.Number)
		start, started := starts.Lookup(partition.Topic, partition.Number)
		if !ok || end.Err != nil || !started || start.Err != nil {
			continue
		}
		next := start.Offset
		if commit, ok := commits.Lookup(partition.Topic, partition.Number); ok {
			next = max(next, commit.At)
		}
		lag[partition] = max(0, end.Offset-next)
	}
	return lag, nil
}

func committedOffsets(ctx context.Context, admin *kadm.Client, group, topic string) (kadm.OffsetResponses, error) {
	commits, err := admin.FetchOffsetsForTopics(ctx, group, topic)
	if errors.Is(err, kerr.GroupIDNotFound) {
		// Nobody has read yet.
		return kadm.OffsetResponses{}, nil
	}
	return commits, err
}
