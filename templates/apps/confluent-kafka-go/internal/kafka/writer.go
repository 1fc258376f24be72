package kafka

import (
	"context"
	"errors"
	"log/slog"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// writer is a librdkafka producer, whose reports one goroutine hands out.
type writer struct {
	*client
	producer *kafka.Producer
}

func newWriter(config kafka.ConfigMap, to settings.Kafka, topic string, log *slog.Logger) (*writer, error) {
	producer, err := kafka.NewProducer(&config)
	if err != nil {
		return nil, settings.Error{err.Error()}
	}
	made := &writer{newClient(producer, to, topic, log), producer}
	go made.report()
	return made, nil
}

// reported is what a message carries along until its delivery report.
type reported func(delivery.Delivery, *delivery.Failure)

func (w *writer) Produce(out record.Outgoing, done func(delivery.Delivery, *delivery.Failure)) {
	message := outgoing(out)
	message.Opaque = reported(done)
	if err := w.producer.Produce(message, nil); err != nil {
		done(delivery.Delivery{}, failureOf(err))
	}
}

var errNotAcknowledged = errors.New("not acknowledged in time")

// produceAll returns when all are acknowledged, or with an error for each of them.
func (w *writer) produceAll(ctx context.Context, out []record.Outgoing) []error {
	failed := make([]error, len(out))
	w.produceTogether(ctx, out, failed)
	for i := range out {
		// A whole batch was refused. Which of its records is too large shows when each goes alone.
		if len(out) > 1 && isAny(failed[i], kafka.ErrMsgSizeTooLarge) {
			w.produceTogether(ctx, out[i:i+1], failed[i:i+1])
		}
	}
	return failed
}

func (w *writer) produceTogether(ctx context.Context, out []record.Outgoing, failed []error) {
	type fate struct {
		index   int
		failure *delivery.Failure
	}
	fates := make(chan fate, len(out))
	for i, one := range out {
		failed[i] = errNotAcknowledged
		w.Produce(one, func(_ delivery.Delivery, failure *delivery.Failure) { fates <- fate{i, failure} })
	}
	for range out {
		select {
		case fate := <-fates:
			failed[fate.index] = nil
			if fate.failure != nil {
				failed[fate.index] = fate.failure
			}
		case <-ctx.Done():
			return
		}
	}
}

// report ends when the producer is closed.
func (w *writer) report() {
	for event := range w.producer.Events() {
		message, ok := event.(*kafka.Message)
		if !ok {
			w.hear(event)
			continue
		}
		at := message.TopicPartition
		done := message.Opaque.(reported)
		if at.Error != nil {
			done(delivery.Delivery{}, failureOf(at.Error))
			continue
		}
		done(delivery.Delivery{Topic: *at.Topic, Partition: at.Partition, Offset: int64(at.Offset)}, nil)
	}
}

func outgoing(out record.Outgoing) *kafka.Message {
	headers := make([]kafka.Header, len(out.Headers))
	for i, header := range out.Headers {
		headers[i] = kafka.Header{Key: header.Name, Value: header.Value}
	}
	return &kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &out.Topic, Partition: kafka.PartitionAny},
		Key:            out.Key,
		Value:          out.Value,
		Headers:        headers,
	}
}

// failureOf: what may succeed later the client has retried itself, until the delivery timeout.
func failureOf(err error) *delivery.Failure {
	failure := &delivery.Failure{Reason: delivery.NotAcknowledged, Detail: err.Error(), Cause: err}
	switch {
	case isAny(err, kafka.ErrMsgSizeTooLarge, kafka.ErrRecordListTooLarge):
		failure.Reason = delivery.TooLarge
	case isAny(err, kafka.ErrTopicAuthorizationFailed, kafka.ErrClusterAuthorizationFailed):
		failure.Reason = delivery.Unauthorised
	case isAny(err, kafka.ErrUnknownTopicOrPart, kafka.ErrUnknownTopic):
		failure.Reason = delivery.UnknownTopic
	case isAny(err, kafka.ErrQueueFull):
		failure.Reason = delivery.QueueFull
	}
	return failure
}
