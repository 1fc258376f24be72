package producer

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/metrics"
	"example.com/platform-app/internal/record"
)

// slow acknowledges after a while.
type slow time.Duration

func (s slow) Produce(out record.Outgoing, done func(delivery.Delivery, *delivery.Failure)) {
	time.AfterFunc(time.Duration(s), func() { done(delivery.Delivery{Topic: out.Topic}, nil) })
}

func TestASendEndsWithItsAcknowledgement(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		metrics := metrics.NewProducer()
		delivered, failure := NewSender(slow(time.Second), 1, time.Minute, metrics).Send(record.Outgoing{Topic: "events"})
		if failure != nil || delivered.Topic != "events" || testutil.ToFloat64(metrics.InFlight) != 0 {
			t.Error(delivered, failure)
		}
		if testutil.CollectAndCount(metrics.Delivery) != 1 {
			t.Error("the delivery was not measured")
		}
	})
}

func TestTheCallerIsNotKeptLongerThanTheDeliveryTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		metrics, began := metrics.NewProducer(), time.Now()
		_, failure := NewSender(slow(time.Hour), 1, time.Minute, metrics).Send(record.Outgoing{})
		if failure == nil || failure.Reason != delivery.NotAcknowledged || time.Since(began) > 61*time.Second {
			t.Error(failure, time.Since(began))
		}
		// The record is still on its way, and counts until its fate is known.
		if testutil.ToFloat64(metrics.InFlight) != 1 {
			t.Error("the record was forgotten")
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if testutil.ToFloat64(metrics.InFlight) != 0 {
			t.Error("the record was not counted off")
		}
	})
}

func TestWhenTooManyWaitTheNextIsRefusedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sender := NewSender(slow(time.Second), 2, time.Minute, metrics.NewProducer())
		for range 2 {
			go sender.Send(record.Outgoing{})
		}
		synctest.Wait()
		if _, failure := sender.Send(record.Outgoing{}); failure == nil || failure.Reason != delivery.QueueFull {
			t.Error(failure)
		}
		time.Sleep(2 * time.Second)
		if _, failure := sender.Send(record.Outgoing{}); failure != nil {
			t.Error(failure)
		}
	})
}

func TestWhenTooManyBytesWaitTheNextIsRefusedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sender := NewSender(slow(time.Second), 100, time.Minute, metrics.NewProducer())
		half := record.Outgoing{Value: make([]byte, mostBytes/2)}
		for range 2 {
			go sender.Send(half)
		}
		synctest.Wait()
		if _, failure := sender.Send(record.Outgoing{Key: []byte("k")}); failure == nil || failure.Reason != delivery.QueueFull {
			t.Error(failure)
		}
		time.Sleep(2 * time.Second)
		if _, failure := sender.Send(half); failure != nil {
			t.Error(failure)
		}
	})
}
