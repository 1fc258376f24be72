package kafka

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// alone sends records one by one. When a broker finds a batch too large, the Java client splits it;
// franz-go fails all of its records, also those that would fit. So each of them gets a second try
// by itself, and the one that is too large shows.
type alone struct {
	client  *client
	timeout time.Duration
	mutex   sync.Mutex
}

func newAlone(settings settings.Producer, log *slog.Logger) (*alone, error) {
	options := append(durable(), kgo.ProducerBatchMaxBytes(brokerBatchBytes))
	client, err := newClient(settings.Kafka, log, options...)
	if err != nil {
		return nil, err
	}
	return &alone{client: client, timeout: settings.DeliveryTimeout}, nil
}

func (a *alone) produce(out record.Outgoing, done func(delivery.Delivery, *delivery.Failure)) {
	// Not in the callback of the other client, which must not be held up.
	go func() {
		a.mutex.Lock()
		defer a.mutex.Unlock()
		ctx, cancel := context.WithTimeout(context.Background(), a.timeout)
		defer cancel()
		written, err := a.client.ProduceSync(ctx, outgoing(out)).First()
		done(deliveryOf(written), failureOf(err))
	}()
}

func (a *alone) close() {
	a.client.Close()
}
