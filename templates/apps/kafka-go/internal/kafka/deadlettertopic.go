package kafka

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/segmentio/kafka-go"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// DeadLetterTopic reads dead letters from where the last replay ended to what is the end now.
type DeadLetterTopic struct {
	*client
	writer *writer
	group  string
	// next and end of the partitions that aren't read to their end.
	next map[record.Partition]int64
	end  map[record.Partition]int64
	read []record.Record
}

// OpenDeadLetterTopic waits for brokers as cluster.Reach does.
func OpenDeadLetterTopic(ctx context.Context, settings settings.Replay, log *slog.Logger) (*DeadLetterTopic, error) {
	client, err := newClient(settings.Kafka, settings.DeadLetterTopic, settings.Topic)
	if err != nil {
		return nil, err
	}
	opened := &DeadLetterTopic{
		client: client, group: settings.GroupID + ".replay",
		writer: newWriter(client, 30*time.Second, noLinger, deadLetterBatchBytes, log),
		next:   map[record.Partition]int64{}, end: map[record.Partition]int64{},
	}
	if err := opened.seek(ctx, settings.Kafka.Brokers, log); err != nil {
		opened.Close()
		return nil, errors.Join(ctx.Err(), opened.explained(err))
	}
	return opened, nil
}

// Next implements replay.Topic.
func (d *DeadLetterTopic) Next(ctx context.Context, most int) ([]record.Record, error) {
	for len(d.read) == 0 && len(d.next) > 0 {
		for partition, from := range d.next {
			page, err := d.client.read(ctx, partition, from)
			if err != nil {
				return nil, d.explained(err)
			}
			d.keep(page)
		}
	}
	count := min(most, len(d.read))
	taken := d.read[:count]
	d.read = d.read[count:]
	return taken, nil
}

func (d *DeadLetterTopic) keep(page page) {
	for _, letter := range page.records {
		if letter.Offset < d.end[page.partition] {
			d.read = append(d.read, letter)
		}
	}
	d.next[page.partition] = page.next
	if page.next >= d.end[page.partition] {
		delete(d.next, page.partition)
	}
}

// Send implements replay.Topic.
func (d *DeadLetterTopic) Send(ctx context.Context, out []record.Outgoing) []error {
	return d.writer.produceAll(ctx, out)
}

// Commit implements replay.Topic.
func (d *DeadLetterTopic) Commit(ctx context.Context, offsets map[record.Partition]int64) error {
	topics := map[string][]kafka.OffsetCommit{}
	for partition, next := range offsets {
		topics[partition.Topic] = append(topics[partition.Topic], kafka.OffsetCommit{Partition: int(partition.Number), Offset: next})
	}
	// Outside any generation: the group has offsets, and no members.
	answer, err := d.OffsetCommit(ctx, &kafka.OffsetCommitRequest{GroupID: d.group, GenerationID: -1, Topics: topics})
	if err != nil {
		return d.explained(err)
	}
	for _, partitions := range answer.Topics {
		for _, one := range partitions {
			err = errors.Join(err, one.Error)
		}
	}
	return d.explained(err)
}

// Close lets go of the connections; what is in flight has been waited for.
func (d *DeadLetterTopic) Close() {
	d.writer.abandon()
	d.client.Close()
}

func (d *DeadLetterTopic) seek(ctx context.Context, brokers []string, log *slog.Logger) error {
	numbers, err := d.awaitBrokers(ctx, brokers, log)
	if err != nil {
		return err
	}
	var partitions []record.Partition
	for _, number := range numbers {
		partitions = append(partitions, record.Partition{Topic: d.topic, Number: number})
	}
	bounds, err := d.bounds(ctx, partitions)
	if err != nil {
		return err
	}
	next, err := d.client.next(ctx, d.group, bounds)
	if err != nil {
		return err
	}
	for partition, known := range bounds {
		if next[partition] < known.end {
			d.next[partition], d.end[partition] = next[partition], known.end
		}
	}
	return nil
}

func (d *DeadLetterTopic) awaitBrokers(ctx context.Context, brokers []string, log *slog.Logger) (numbers []int32, err error) {
	err = cluster.Reach(ctx, brokers, func(ctx context.Context) (err error) {
		numbers, err = d.partitions(ctx, d.topic)
		return err
	}, log)
	if err == nil && len(numbers) == 0 {
		err = fmt.Errorf("%s: %w", d.topic, cluster.ErrTopicMissing)
	}
	return numbers, err
}

func (d *DeadLetterTopic) explained(err error) error {
	if err == nil {
		return nil
	}
	if refused := refusal(err); refused != nil {
		return refused
	}
	if refused := noRights(err, rights{topic: "Read on topic " + d.topic, group: "Read on group " + d.group}); refused != nil {
		return refused
	}
	return err
}
