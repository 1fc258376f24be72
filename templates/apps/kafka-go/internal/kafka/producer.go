package kafka

import (
	"context"
	"log/slog"
	"time"

	"example.com/platform-app/internal/settings"
)

// Producer writes events. It has no bound of its own for what waits; producer.Sender has.
type Producer struct {
	*client
	*writer
}

// NewProducer needs no broker yet.
func NewProducer(settings settings.Producer, log *slog.Logger) (*Producer, error) {
	client, err := newClient(settings.Kafka, settings.Topic)
	if err != nil {
		return nil, err
	}
	return &Producer{client, newWriter(client, settings.DeliveryTimeout, 5*time.Millisecond, brokerBatchBytes, log)}, nil
}

// Abandon fails what is in flight, for when nothing can be delivered any more.
func (p *Producer) Abandon() {
	p.abandon()
}

// Close waits for what is in flight, and returns how much is left.
func (p *Producer) Close(ctx context.Context) (left int64) {
	return p.writer.close(ctx)
}
