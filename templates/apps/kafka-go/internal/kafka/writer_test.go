package kafka

import (
	"context"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"

	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
	"example.com/platform-app/internal/testkit"
)

// answering makes the brokers answer the next produce requests with that error.
func answering(fake *kfake.Cluster, code kafka.Error, times int) {
	fake.ControlKey(int16(kmsg.Produce), func(request kmsg.Request) (kmsg.Response, error, bool) {
		if times--; times < 0 {
			return nil, nil, false
		}
		fake.KeepControl()
		return failing(request.(*kmsg.ProduceRequest), int16(code)), nil, true
	})
}

func TestWhatPassesIsTriedAgain(t *testing.T) {
	fake, service := brokers(t)
	answering(fake, kafka.NotEnoughReplicas, 2)
	if got := produce(t, newProducer(t, service), record.Outgoing{Topic: "events", Key: []byte("k")}); got.failure != nil {
		t.Error(got.failure)
	}
}

func TestAMissingRightIsNotTriedAgain(t *testing.T) {
	fake, service := brokers(t)
	answering(fake, kafka.TopicAuthorizationFailed, 1)
	got := produce(t, newProducer(t, service), record.Outgoing{Topic: "events", Key: []byte("k")})
	if got.failure == nil || got.failure.Reason != delivery.Unauthorised {
		t.Error(got.failure)
	}
}

func TestWhatIsInFlightFailsWhenItIsAbandoned(t *testing.T) {
	fake, service := brokers(t)
	answering(fake, kafka.NotEnoughReplicas, 1000)
	producer := newProducer(t, service)
	time.AfterFunc(200*time.Millisecond, producer.Abandon)
	got := produce(t, producer, record.Outgoing{Topic: "events", Key: []byte("k")})
	if got.failure == nil || got.failure.Reason != delivery.NotAcknowledged {
		t.Error(got.failure)
	}
}

func TestClosingWaitsForNoLongerThanItMay(t *testing.T) {
	fake, service := brokers(t)
	answering(fake, kafka.NotEnoughReplicas, 1000)
	producer := newProducer(t, service)
	producer.Produce(record.Outgoing{Topic: "events", Key: []byte("k")}, func(delivery.Delivery, *delivery.Failure) {})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if left := producer.Close(ctx); left != 1 {
		t.Error(left)
	}
}

// away is a broker that isn't there.
func away() settings.Service {
	return settings.Service{Topic: "events", Kafka: settings.Kafka{ClientID: "test", Brokers: []string{"127.0.0.1:1"}}}
}

func TestTheLettersThatWereNotWrittenComeBack(t *testing.T) {
	letters, err := NewDeadLetters(away(), membership(), testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	defer letters.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	left, err := letters.Send(ctx, []record.DeadLetter{{Record: testkit.Record(0, 1, nil)}})
	if err != nil || len(left) != 1 {
		t.Error(left, err)
	}
}
