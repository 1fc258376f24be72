package kafka

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// With the number of events in flight, this bounds the memory that a slow cluster can cost us.
const mostBufferedBytes = 128 << 20

// Producer writes events.
type Producer struct {
	*client
	writer *writer
	bytes  atomic.Int64
}

// NewProducer needs no broker yet.
func NewProducer(settings settings.Producer, log *slog.Logger) (*Producer, error) {
	client, err := newClient(settings.Kafka, settings.Topic)
	if err != nil {
		return nil, err
	}
	writer := newWriter(client, settings.DeliveryTimeout, 5*time.Millisecond, brokerBatchBytes, log)
	return &Producer{client: client, writer: writer}, nil
}

// Produce calls done once the record's fate is known.
func (p *Producer) Produce(out record.Outgoing, done func(delivery.Delivery, *delivery.Failure)) {
	size := int64(len(out.Key) + len(out.Value))
	settled := func(delivered delivery.Delivery, failure *delivery.Failure) {
		p.bytes.Add(-size)
		done(delivered, failure)
	}
	if p.bytes.Add(size) > mostBufferedBytes {
		settled(delivery.Delivery{}, &delivery.Failure{
			Reason: delivery.QueueFull, Detail: "too many bytes wait for acknowledgement",
		})
		return
	}
	p.writer.Produce(out, settled)
}

// Abandon fails what is in flight, for when nothing can be delivered any more.
func (p *Producer) Abandon() {
	p.writer.abandon()
}

// Close waits for what is in flight, and returns how much is left.
func (p *Producer) Close(ctx context.Context) (left int64) {
	return p.writer.close(ctx)
}
