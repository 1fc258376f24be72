package kafka

import (
	"context"

	"github.com/twmb/franz-go/pkg/kadm"

	"example.com/platform-app/internal/record"
)

// Lag implements consumer.Group: from the committed offset, or the start without one, to the end
// that a reader with read_committed sees.
func (g *Group) Lag(ctx context.Context, of []record.Partition) (map[record.Partition]int64, error) {
	admin := kadm.NewClient(g.client.Client)
	commits, err := admin.FetchOffsetsForTopics(ctx, g.group, g.topic)
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
