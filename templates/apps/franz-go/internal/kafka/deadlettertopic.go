package kafka

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// Nobody waits for a replay: it may outlast brokers that restart.
const replayTimeout = 30 * time.Second

// DeadLetterTopic reads dead letters from where the last replay ended to what is the end now.
type DeadLetterTopic struct {
	client *client
	group  string
	topic  string
	// left has the partitions that aren't read to their end, and the offset behind it.
	left map[record.Partition]int64
}

// OpenDeadLetterTopic waits for brokers as cluster.Reach does.
func OpenDeadLetterTopic(ctx context.Context, settings settings.Replay, log *slog.Logger) (*DeadLetterTopic, error) {
	client, err := newClient(settings.Kafka, log, append(durable(),
		kgo.ProducerLinger(0),
		kgo.RecordDeliveryTimeout(replayTimeout),
		kgo.ProducerBatchMaxBytes(deadLetterBatchBytes),
		kgo.FetchMaxBytes(fetchBytes),
		kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		// The last record before the end may be the mark of a transaction, and has to be seen.
		kgo.KeepControlRecords(),
	)...)
	if err != nil {
		return nil, err
	}
	opened := &DeadLetterTopic{
		client: client, group: settings.GroupID + ".replay", topic: settings.DeadLetterTopic,
		left: map[record.Partition]int64{},
	}
	inquiry := Inquiry{client, settings.DeadLetterTopic}
	if err := cluster.Reach(ctx, settings.Kafka.Brokers, inquiry.AskForTopic, log); err != nil {
		client.Close()
		return nil, err
	}
	if err := opened.seek(ctx); err != nil {
		client.Close()
		return nil, errors.Join(ctx.Err(), opened.explained(err))
	}
	return opened, nil
}

// Next implements replay.Topic.
func (d *DeadLetterTopic) Next(ctx context.Context, most int) ([]record.Record, error) {
	for len(d.left) > 0 {
		var letters []record.Record
		fetches := d.client.PollRecords(ctx, most)
		if err := fetches.Err(); err != nil {
			return nil, d.explained(err)
		}
		for fetched := range fetches.RecordsAll() {
			partition := record.Partition{Topic: fetched.Topic, Number: fetched.Partition}
			end, unfinished := d.left[partition]
			if unfinished && fetched.Offset < end && !fetched.Attrs.IsControl() {
				letters = append(letters, incoming(fetched))
			}
			if fetched.Offset+1 >= end {
				delete(d.left, partition)
			}
		}
		if len(letters) > 0 {
			return letters, nil
		}
	}
	return nil, nil
}

// Send implements replay.Topic.
func (d *DeadLetterTopic) Send(ctx context.Context, out []record.Outgoing) []error {
	return d.client.writeAll(ctx, out)
}

// Commit implements replay.Topic.
func (d *DeadLetterTopic) Commit(ctx context.Context, offsets map[record.Partition]int64) error {
	next := kadm.Offsets{}
	for partition, offset := range offsets {
		next.AddOffset(partition.Topic, partition.Number, offset, -1)
	}
	return d.explained(kadm.NewClient(d.client.Client).CommitAllOffsets(ctx, d.group, next))
}

// Close lets go of the connections.
func (d *DeadLetterTopic) Close() {
	d.client.Close()
}

func (d *DeadLetterTopic) seek(ctx context.Context) error {
	admin := kadm.NewClient(d.client.Client)
	ends, err := admin.ListCommittedOffsets(ctx, d.topic)
	if err == nil {
		err = ends.Error()
	}
	if err != nil {
		return err
	}
	starts, err := admin.ListStartOffsets(ctx, d.topic)
	if err != nil {
		return err
	}
	commits, err := committedOffsets(ctx, admin, d.group, d.topic)
	if err != nil {
		return err
	}
	from := map[int32]kgo.Offset{}
	ends.Each(func(end kadm.ListedOffset) {
		next := int64(0)
		if start, ok := starts.Lookup(d.topic, end.Partition); ok {
			next = start.Offset
		}
		if commit, ok := commits.Lookup(d.topic, end.Partition); ok {
			next = max(next, commit.At)
		}
		if next < end.Offset {
			d.left[record.Partition{Topic: d.topic, Number: end.Partition}] = end.Offset
			from[end.Partition] = kgo.NewOffset().At(next)
		}
	})
	d.client.AddConsumePartitions(map[string]map[int32]kgo.Offset{d.topic: from})
	return nil
}

func (d *DeadLetterTopic) explained(err error) error {
	if err == nil {
		return nil
	}
	reason := d.client.connections.reason(err)
	if refused := refusal(reason); refused != nil {
		return refused
	}
	if refused := noRights(err, rights{topic: "Read on topic " + d.topic, group: "Read on group " + d.group}); refused != nil {
		return refused
	}
	return reason
}
