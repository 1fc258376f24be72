package kafka

import (
	"context"
	"errors"
	"log/slog"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// DeadLetterTopic reads dead letters from where the last replay ended to what is the end now.
type DeadLetterTopic struct {
	*reader
	writer *writer
	// left has the partitions that aren't read to their end, and the offset behind it.
	left map[record.Partition]int64
}

// OpenDeadLetterTopic waits for brokers as cluster.Reach does.
func OpenDeadLetterTopic(ctx context.Context, replay settings.Replay, log *slog.Logger) (*DeadLetterTopic, error) {
	membership := settings.Membership{GroupID: replay.GroupID + ".replay", Protocol: settings.Classic}
	config := combined(reading(replay.Kafka, membership), kafka.ConfigMap{
		// The last record before the end may be the mark of a transaction, which is never shown.
		"enable.partition.eof": true,
	})
	reader, err := newReader(config, replay.Kafka, replay.DeadLetterTopic, membership.GroupID, log)
	if err != nil {
		return nil, err
	}
	writer, err := newWriter(combined(burying(replay.Kafka)), replay.Kafka, replay.Topic, log)
	if err != nil {
		return nil, err
	}
	opened := &DeadLetterTopic{reader: reader, writer: writer, left: map[record.Partition]int64{}}
	if err := opened.seek(ctx, replay.Kafka.Brokers); err != nil {
		opened.Close()
		return nil, errors.Join(ctx.Err(), opened.explained(err))
	}
	return opened, nil
}

// Next implements replay.Topic.
func (d *DeadLetterTopic) Next(ctx context.Context, most int) ([]record.Record, error) {
	var letters []record.Record
	for len(d.left) > 0 && len(letters) < most && ctx.Err() == nil {
		switch event := d.consumer.Poll(milliseconds(pollTime)).(type) {
		case *kafka.Message:
			letter := incoming(event)
			if end, unfinished := d.left[letter.Partition]; unfinished && letter.Offset < end {
				letters = append(letters, letter)
			}
			d.reached(letter.Partition, letter.Offset+1)
		case kafka.PartitionEOF:
			d.reached(partitionOf(kafka.TopicPartition(event)), int64(event.Offset))
		case kafka.Error:
			if refused := d.noRights(event); refused != nil {
				return nil, refused
			}
			d.hear(event)
		case kafka.Event:
			d.hear(event)
		}
	}
	return letters, ctx.Err()
}

// Send implements replay.Topic.
func (d *DeadLetterTopic) Send(ctx context.Context, out []record.Outgoing) []error {
	return d.writer.produceAll(ctx, out)
}

// Commit implements replay.Topic.
func (d *DeadLetterTopic) Commit(_ context.Context, offsets map[record.Partition]int64) error {
	_, err := d.consumer.CommitOffsets(committable(offsets))
	return d.explained(err)
}

// Close lets go of the connections.
func (d *DeadLetterTopic) Close() {
	_ = d.consumer.Close()
	d.writer.producer.Close()
}

func (d *DeadLetterTopic) reached(partition record.Partition, next int64) {
	if end, unfinished := d.left[partition]; unfinished && next >= end {
		delete(d.left, partition)
	}
}

func (d *DeadLetterTopic) seek(ctx context.Context, brokers []string) error {
	partitions, err := d.partitions(ctx, brokers)
	if err != nil {
		return err
	}
	next, err := d.next(ctx, partitions)
	if err != nil {
		return err
	}
	ends, err := d.offsets(ctx, partitions, kafka.LatestOffsetSpec)
	if err != nil {
		return err
	}
	from := map[record.Partition]int64{}
	for partition, end := range ends {
		if next[partition] < end {
			d.left[partition] = end
			from[partition] = next[partition]
		}
	}
	return d.consumer.Assign(committable(from))
}

// partitions waits for the brokers. The client asks for its token and reports refusals in Poll.
func (d *DeadLetterTopic) partitions(ctx context.Context, brokers []string) ([]record.Partition, error) {
	err := cluster.Reach(ctx, brokers, func(ctx context.Context) error {
		d.hear(d.consumer.Poll(milliseconds(pollTime)))
		return d.AskForTopic(ctx)
	}, d.log)
	if err != nil {
		return nil, err
	}
	metadata, err := d.consumer.GetMetadata(&d.topic, false, patience(ctx))
	if err != nil {
		return nil, err
	}
	var partitions []record.Partition
	for _, one := range metadata.Topics[d.topic].Partitions {
		partitions = append(partitions, record.Partition{Topic: d.topic, Number: one.ID})
	}
	return partitions, nil
}

func (d *DeadLetterTopic) explained(err error) error {
	if refused := noRights(err, rights{topic: "Read on topic " + d.topic, group: "Read on group " + d.group}); refused != nil {
		return refused
	}
	return err
}
