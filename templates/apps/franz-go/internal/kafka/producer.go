package kafka

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// What a broker takes in one batch unless it is told otherwise (message.max.bytes).
const brokerBatchBytes = 1_048_588

// A dead letter is larger than its record, by its headers. The broker decides.
const deadLetterBatchBytes = 10 * brokerBatchBytes

// durable: an event counts as sent when all in-sync replicas have it, once and in order.
func durable() []kgo.Opt {
	return []kgo.Opt{
		// Idempotence is on unless it is switched off, and 5 requests in flight with it: the most
		// for which the broker can still put retried batches in order.
		kgo.RequiredAcks(kgo.AllISRAcks()),
		// murmur2 of the key, as in the Java client, so that every language puts a key on the same
		// partition. It is what this partitioner does with keys unless given another hasher.
		kgo.RecordPartitioner(kgo.StickyKeyPartitioner(nil)),
		kgo.ProducerBatchCompression(kgo.Lz4Compression(), kgo.NoCompression()),
		// How often a topic may be unknown before it counts as missing.
		kgo.UnknownTopicRetries(2),
	}
}

// Producer writes events.
type Producer struct {
	Inquiry
	client *client
	alone  *alone
}

// NewProducer needs no broker yet.
func NewProducer(settings settings.Producer, log *slog.Logger) (*Producer, error) {
	options := append(durable(),
		kgo.ProducerLinger(5*time.Millisecond),
		// In the Java client batch.size is where a batch is full, and a larger record may still be
		// sent. Here it is also the largest record; batches end by the linger long before.
		kgo.ProducerBatchMaxBytes(brokerBatchBytes),
		kgo.RecordDeliveryTimeout(settings.DeliveryTimeout),
		// Both bound the memory that a slow cluster can cost us; producer.Sender does so, too.
		kgo.MaxBufferedRecords(int(settings.MaxInFlight)),
		kgo.MaxBufferedBytes(128<<20),
	)
	client, err := newClient(settings.Kafka, log, options...)
	if err != nil {
		return nil, err
	}
	alone, err := newAlone(settings, log)
	if err != nil {
		return nil, err
	}
	return &Producer{Inquiry{client, settings.Topic}, client, alone}, nil
}

// Produce calls done once the record's fate is known.
func (p *Producer) Produce(out record.Outgoing, done func(delivery.Delivery, *delivery.Failure)) {
	p.client.TryProduce(context.Background(), outgoing(out), func(written *kgo.Record, err error) {
		if errors.Is(err, kerr.MessageTooLarge) {
			p.alone.produce(out, done)
			return
		}
		done(deliveryOf(written), failureOf(err))
	})
}

// Abandon fails what is in flight, for when nothing can be delivered any more.
func (p *Producer) Abandon() {
	p.client.Close()
}

// Close waits for what is in flight, and returns how much is left.
func (p *Producer) Close(ctx context.Context) (left int64) {
	if p.client.Flush(ctx) != nil {
		left = p.client.BufferedProduceRecords()
	}
	p.alone.close()
	p.client.Close()
	return left
}

func outgoing(out record.Outgoing) *kgo.Record {
	headers := make([]kgo.RecordHeader, len(out.Headers))
	for i, header := range out.Headers {
		headers[i] = kgo.RecordHeader{Key: header.Name, Value: header.Value}
	}
	return &kgo.Record{Topic: out.Topic, Key: out.Key, Value: out.Value, Headers: headers}
}

func deliveryOf(written *kgo.Record) delivery.Delivery {
	return delivery.Delivery{Topic: written.Topic, Partition: written.Partition, Offset: written.Offset}
}

// failureOf: what may succeed later the client has retried itself, until the delivery timeout.
func failureOf(err error) *delivery.Failure {
	if err == nil {
		return nil
	}
	failure := &delivery.Failure{Reason: delivery.NotAcknowledged, Detail: err.Error(), Cause: err}
	switch {
	case isAny(err, kerr.MessageTooLarge, kerr.RecordListTooLarge):
		failure.Reason = delivery.TooLarge
	case isAny(err, kerr.TopicAuthorizationFailed, kerr.ClusterAuthorizationFailed):
		failure.Reason = delivery.Unauthorised
	case isAny(err, kerr.UnknownTopicOrPartition, kerr.UnknownTopicID):
		failure.Reason = delivery.UnknownTopic
	case isAny(err, kgo.ErrMaxBuffered):
		failure.Reason = delivery.QueueFull
	}
	return failure
}

func isAny(err error, targets ...error) bool {
	for _, target := range targets {
		if errors.Is(err, target) {
			return true
		}
	}
	return false
}
