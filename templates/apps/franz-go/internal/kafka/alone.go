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

// alone sends records one by one, in the order in which they come. When a broker finds a batch too
// large, the Java client splits it; franz-go fails all of its records, also those that would fit. So
// each of them gets a second try by itself, and the one that is too large shows.
//
// Later batches may overtake them. That is no promise broken: events that are posted without waiting
// for the answer to the one before have no order.
type alone struct {
	client  *client
	timeout time.Duration

	mutex   sync.Mutex
	waiting []single
	working bool
}

type single struct {
	out  record.Outgoing
	done func(delivery.Delivery, *delivery.Failure)
}

func newAlone(settings settings.Producer, log *slog.Logger) (*alone, error) {
	options := append(durable(), kgo.ProducerBatchMaxBytes(brokerBatchBytes))
	client, err := newClient(settings.Kafka, log, options...)
	if err != nil {
		return nil, err
	}
	return &alone{client: client, timeout: settings.DeliveryTimeout}, nil
}

// produce doesn't wait: it is called by the other client, which must not be held up.
func (a *alone) produce(out record.Outgoing, done func(delivery.Delivery, *delivery.Failure)) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.waiting = append(a.waiting, single{out, done})
	if !a.working {
		a.working = true
		go a.work()
	}
}

func (a *alone) work() {
	for {
		one, some := a.next()
		if !some {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), a.timeout)
		written, err := a.client.ProduceSync(ctx, outgoing(one.out)).First()
		cancel()
		one.done(deliveryOf(written), failureOf(err))
	}
}

func (a *alone) next() (one single, some bool) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if len(a.waiting) == 0 {
		a.working = false
		return single{}, false
	}
	one, a.waiting = a.waiting[0], a.waiting[1:]
	return one, true
}

func (a *alone) close() {
	a.client.Close()
}
