package kafka

import (
	"context"
	"log/slog"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"example.com/platform-app/internal/settings"
)

// Producer writes events.
type Producer struct {
	*writer
}

// NewProducer needs no broker yet.
func NewProducer(settings settings.Producer, log *slog.Logger) (*Producer, error) {
	writer, err := newWriter(producing(settings), settings.Kafka, settings.Topic, log)
	if err != nil {
		return nil, err
	}
	return &Producer{writer}, nil
}

// Abandon fails what is in flight, for when nothing can be delivered any more.
func (p *Producer) Abandon() {
	_ = p.producer.Purge(kafka.PurgeQueue | kafka.PurgeInFlight)
}

// Close waits for what is in flight, and returns how much is left.
func (p *Producer) Close(ctx context.Context) (left int64) {
	wait := time.Second
	if deadline, ok := ctx.Deadline(); ok {
		wait = time.Until(deadline)
	}
	left = int64(p.producer.Flush(max(0, milliseconds(wait))))
	if left == 0 {
		// With brokers away it would wait for them, and the process is ending anyway.
		p.producer.Close()
	}
	return left
}

// Inquiry asks the brokers about a topic, without reading or writing.
type Inquiry struct {
	*writer
}

// NewInquiry has a client of its own.
func NewInquiry(service settings.Service, log *slog.Logger) (*Inquiry, error) {
	writer, err := newWriter(connection(service.Kafka), service.Kafka, service.Topic, log)
	if err != nil {
		return nil, err
	}
	return &Inquiry{writer}, nil
}

// Close lets go of the connections.
func (i *Inquiry) Close() {
	i.producer.Close()
}
