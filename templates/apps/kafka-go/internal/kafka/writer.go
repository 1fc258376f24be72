package kafka

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync/atomic"
	"time"

	"github.com/segmentio/kafka-go"

	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/record"
)

// What a broker takes in one batch unless it is told otherwise (message.max.bytes), less the header
// of the batch, which kafka-go doesn't count.
const brokerBatchBytes = 1_048_588 - 61

// A dead letter is larger than its record, by its headers. The broker decides.
const deadLetterBatchBytes = 10 * brokerBatchBytes

// The longest pause between two attempts.
const longestBackoff = time.Second

// writer writes records in batches. kafka-go is no idempotent producer: when the acknowledgement of a
// batch gets lost and the batch is sent again, its records stand in the topic twice, under the same
// event ids. Readers recognise that; other readers of the topic have to, too. Order is kept all the
// same, since one batch of a partition is under way at a time.
type writer struct {
	client  *client
	timeout time.Duration
	batches *kafka.Writer
	// When a broker finds a batch too large, the Java client splits it; kafka-go fails all of its
	// records, also those that would fit. So each of them gets a second try by itself, and the one
	// that is too large shows. The next batch of the partition waits for that.
	singles *kafka.Writer
	pending atomic.Int64
	open    context.Context
	abandon context.CancelFunc
}

var errNotAcknowledged = errors.New("not acknowledged in time")

// delivered is what a message carries along until its fate is known.
type delivered func(delivery.Delivery, *delivery.Failure)

func newWriter(client *client, timeout, linger time.Duration, largest int64, log *slog.Logger) *writer {
	made := &writer{client: client, timeout: timeout}
	made.open, made.abandon = context.WithCancel(context.Background())
	configured := func(batchSize int, completed func([]kafka.Message, error)) *kafka.Writer {
		return &kafka.Writer{
			Addr:      client.Addr,
			Transport: patient{client.transport, made.open},
			// An event counts as sent when all in-sync replicas have it. The default is none of them.
			RequiredAcks: kafka.RequireAll,
			// murmur2 as in the Java client. The default (round robin) would have no order per key.
			Balancer:     kafka.Murmur2Balancer{},
			Compression:  kafka.Lz4,
			BatchTimeout: linger,
			BatchSize:    batchSize,
			// Also the largest record, unlike batch.size; batches end by number or linger before.
			BatchBytes:   largest,
			WriteTimeout: min(10*time.Second, timeout),
			// kafka-go counts attempts, not time. Whoever waits is told at the timeout in any case.
			MaxAttempts:     1 + int(timeout/longestBackoff),
			WriteBackoffMax: longestBackoff,
			Completion:      completed,
			ErrorLogger:     clientLog(log),
		}
	}
	made.batches, made.singles = configured(100, made.completed), configured(1, made.settleAll)
	made.batches.Async = true
	return made
}

// Produce calls done once the record's fate is known.
func (w *writer) Produce(out record.Outgoing, done func(delivery.Delivery, *delivery.Failure)) {
	w.pending.Add(1)
	message := outgoing(out)
	message.WriterData = delivered(done)
	// It goes out in the background. This waits only while no broker has said yet which partitions the
	// topic has.
	ctx, cancel := context.WithTimeout(w.open, w.timeout)
	defer cancel()
	if err := w.batches.WriteMessages(ctx, message); err != nil {
		w.settle(message, err)
	}
}

// produceAll returns when all are acknowledged, or with an error for each of them.
func (w *writer) produceAll(ctx context.Context, out []record.Outgoing) []error {
	type fate struct {
		index   int
		failure *delivery.Failure
	}
	fates := make(chan fate, len(out))
	failed := make([]error, len(out))
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
			return failed
		}
	}
	return failed
}

// close waits for what is in flight, and returns how much is left.
func (w *writer) close(ctx context.Context) (left int64) {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_ = w.batches.Close()
		_ = w.singles.Close()
	}()
	select {
	case <-closed:
	case <-ctx.Done():
	}
	w.abandon()
	w.client.Close()
	return w.pending.Load()
}

// completed is called by whoever writes the batches of this partition, one after the other: while it
// is under way, none overtakes.
func (w *writer) completed(batch []kafka.Message, err error) {
	if len(batch) == 1 || !errors.Is(err, kafka.MessageSizeTooLarge) {
		w.settleAll(batch, err)
		return
	}
	for _, message := range batch {
		w.writeAlone(message)
	}
}

// writeAlone waits until the record's fate is known. It isn't bound to a context: the client calls
// settleAll in any case once it has the record, and abandoning ends its requests.
func (w *writer) writeAlone(message kafka.Message) {
	message.Partition, message.Offset, message.Time = 0, 0, time.Time{}
	err := w.singles.WriteMessages(context.Background(), message)
	if _, settled := errors.AsType[kafka.WriteErrors](err); err != nil && !settled {
		w.settle(message, err)
	}
}

func (w *writer) settleAll(batch []kafka.Message, err error) {
	for _, message := range batch {
		w.settle(message, err)
	}
}

func (w *writer) settle(message kafka.Message, err error) {
	w.pending.Add(-1)
	message.WriterData.(delivered)(delivery.Delivery{
		Topic: message.Topic, Partition: int32(message.Partition), Offset: message.Offset,
	}, failureOf(err))
}

// patient marks what keeps a request from its broker as passing. kafka-go would give a batch up at
// once for some of it: a partition between two leaders, a connection that was closed.
type patient struct {
	kafka.RoundTripper
	open context.Context
}

// RoundTrip implements kafka.RoundTripper.
func (p patient) RoundTrip(ctx context.Context, to net.Addr, request kafka.Request) (kafka.Response, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(p.open, cancel)()
	response, err := p.RoundTripper.RoundTrip(ctx, to, request)
	if err != nil && p.open.Err() == nil {
		err = passing{err}
	}
	return response, err
}

type passing struct {
	error
}

func (p passing) Unwrap() error {
	return p.error
}

// Temporary is what kafka-go asks for.
func (passing) Temporary() bool {
	return true
}

func outgoing(out record.Outgoing) kafka.Message {
	headers := make([]kafka.Header, len(out.Headers))
	for i, header := range out.Headers {
		headers[i] = kafka.Header{Key: header.Name, Value: header.Value}
	}
	return kafka.Message{Topic: out.Topic, Key: out.Key, Value: out.Value, Headers: headers}
}

// failureOf: what may succeed later the client has retried itself, as often as it may.
func failureOf(err error) *delivery.Failure {
	if err == nil {
		return nil
	}
	failure := &delivery.Failure{Reason: delivery.NotAcknowledged, Detail: err.Error(), Cause: err}
	switch {
	case isAny(err, kafka.MessageSizeTooLarge, kafka.RecordListTooLarge):
		failure.Reason = delivery.TooLarge
	case isAny(err, kafka.TopicAuthorizationFailed, kafka.ClusterAuthorizationFailed):
		failure.Reason = delivery.Unauthorised
	case isAny(err, kafka.UnknownTopicOrPartition, kafka.UnknownTopicID):
		failure.Reason = delivery.UnknownTopic
	}
	return failure
}
