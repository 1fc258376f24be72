package producer

import (
	"fmt"
	"sync/atomic"
	"time"

	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/metrics"
	"example.com/platform-app/internal/record"
)

// The client's own reason is the better one, so it gets a little longer than the delivery timeout.
const grace = 250 * time.Millisecond

// With the number of events in flight, this bounds the memory that a slow cluster can cost us.
const mostBytes = 128 << 20

// Client is the client library: it calls done once for each record, from whatever goroutine.
type Client interface {
	Produce(out record.Outgoing, done func(delivery.Delivery, *delivery.Failure))
}

// Sender waits for acknowledgements.
type Sender struct {
	client   Client
	most     int64
	timeout  time.Duration
	metrics  *metrics.Producer
	inFlight atomic.Int64
	bytes    atomic.Int64
}

// NewSender bounds how many records wait, and for how long.
func NewSender(client Client, most int64, timeout time.Duration, metrics *metrics.Producer) *Sender {
	return &Sender{client: client, most: most, timeout: timeout, metrics: metrics}
}

type result struct {
	delivered delivery.Delivery
	failure   *delivery.Failure
}

// Send returns when all in-sync replicas have the record. It doesn't end with the caller's context:
// a request that is gone leaves its record in flight.
func (s *Sender) Send(out record.Outgoing) (delivery.Delivery, *delivery.Failure) {
	// Refusing early keeps the answer quick and the memory bounded when brokers are slow.
	size := int64(out.Size())
	events, bytes := s.inFlight.Add(1), s.bytes.Add(size)
	if events > s.most || bytes > mostBytes {
		s.settle(size)
		return delivery.Delivery{}, &delivery.Failure{
			Reason: delivery.QueueFull, Detail: fmt.Sprintf("%d events with %d bytes are in flight", events-1, bytes-size),
		}
	}
	s.metrics.InFlight.Inc()
	started := time.Now()
	results := make(chan result, 1)
	s.client.Produce(out, func(delivered delivery.Delivery, failure *delivery.Failure) {
		s.settle(size)
		s.metrics.InFlight.Dec()
		s.metrics.Delivery.Observe(time.Since(started).Seconds())
		results <- result{delivered, failure}
	})
	// An idempotent client can't give up a record that may have been written, or its sequence would
	// have a hole. The caller needn't wait for that.
	timer := time.NewTimer(s.timeout + grace)
	defer timer.Stop()
	select {
	case result := <-results:
		return result.delivered, result.failure
	case <-timer.C:
		return delivery.Delivery{}, &delivery.Failure{
			Reason: delivery.NotAcknowledged, Detail: "no acknowledgement within the delivery timeout",
		}
	}
}

func (s *Sender) settle(size int64) {
	s.inFlight.Add(-1)
	s.bytes.Add(-size)
}
