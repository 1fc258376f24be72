package kafka

import (
	"context"
	"log/slog"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

const (
	// The most that an empty poll adds to a stop or to a retry.
	pollTime = 100 * time.Millisecond
	// Records may be large, and what is polled makes room for what is fetched.
	mostPolledBytes = 16 << 20
)

// reader is a librdkafka consumer, apart from how its partitions come and go.
type reader struct {
	*client
	consumer *kafka.Consumer
	group    string
}

func newReader(config kafka.ConfigMap, to settings.Kafka, topic, group string, log *slog.Logger) (*reader, error) {
	consumer, err := kafka.NewConsumer(&config)
	if err != nil {
		return nil, settings.Error{err.Error()}
	}
	return &reader{newClient(consumer, to, topic, log), consumer, group}, nil
}

// Poll returns up to most records, or none if none came in a moment. librdkafka calls back about
// rebalances in here.
func (r *reader) Poll(ctx context.Context, most int) ([]record.Record, error) {
	var records []record.Record
	wait, bytes := milliseconds(pollTime), 0
	for len(records) < most && bytes < mostPolledBytes && ctx.Err() == nil {
		event := r.consumer.Poll(wait)
		switch event := event.(type) {
		case nil:
			return records, nil
		case *kafka.Message:
			records = append(records, incoming(event))
			bytes += len(event.Key) + len(event.Value)
			// What is there already, but no more waiting.
			wait = 0
		case kafka.Error:
			if refused := r.noRights(event); refused != nil {
				return nil, refused
			}
			r.hear(event)
		default:
			r.hear(event)
		}
	}
	return records, nil
}

func (r *reader) noRights(err kafka.Error) error {
	return noRights(err, rights{topic: "Read on topic " + r.topic, group: "Read on group " + r.group})
}

func incoming(read *kafka.Message) record.Record {
	headers := make(record.Headers, len(read.Headers))
	for i, header := range read.Headers {
		headers[i] = record.Header{Name: header.Key, Value: header.Value}
	}
	return record.Record{
		Partition: partitionOf(read.TopicPartition),
		Offset:    int64(read.TopicPartition.Offset),
		Timestamp: read.Timestamp,
		Key:       read.Key,
		Value:     read.Value,
		Headers:   headers,
	}
}

func partitionOf(at kafka.TopicPartition) record.Partition {
	return record.Partition{Topic: *at.Topic, Number: at.Partition}
}

func partitionsOf(all []kafka.TopicPartition) []record.Partition {
	var partitions []record.Partition
	for _, one := range all {
		partitions = append(partitions, partitionOf(one))
	}
	return partitions
}

func at(partition record.Partition, offset kafka.Offset) kafka.TopicPartition {
	return kafka.TopicPartition{Topic: &partition.Topic, Partition: partition.Number, Offset: offset}
}
