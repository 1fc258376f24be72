package kafka

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kfake"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
	"example.com/platform-app/internal/testkit"
)

// brokers are in this process, and another client's: kafka-go has none. The protocol is real.
func brokers(t *testing.T, options ...kfake.Opt) (*kfake.Cluster, settings.Service) {
	t.Helper()
	options = append(options, kfake.NumBrokers(1), kfake.SeedTopics(4, "events", "events.dlq"),
		kfake.BrokerConfigs(map[string]string{"group.initial.rebalance.delay.ms": "0"}))
	fake, err := kfake.NewCluster(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fake.Close)
	return fake, settings.Service{Topic: "events", Kafka: settings.Kafka{ClientID: "test", Brokers: fake.ListenAddrs()}}
}

func membership() settings.Membership {
	return settings.Membership{GroupID: "group", Protocol: settings.Classic, DeadLetterTopic: "events.dlq", MaxPollRecords: 100}
}

type outcome struct {
	delivered delivery.Delivery
	failure   *delivery.Failure
}

func produce(t *testing.T, producer *Producer, out record.Outgoing) outcome {
	t.Helper()
	outcomes := make(chan outcome, 1)
	producer.Produce(out, func(delivered delivery.Delivery, failure *delivery.Failure) {
		outcomes <- outcome{delivered, failure}
	})
	select {
	case got := <-outcomes:
		return got
	case <-time.After(20 * time.Second):
		t.Fatal("it never ended")
		return outcome{}
	}
}

func newProducer(t *testing.T, service settings.Service) *Producer {
	t.Helper()
	producer, err := NewProducer(settings.Producer{
		Service: service, DeliveryTimeout: 10 * time.Second, MaxInFlight: 100,
	}, testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { producer.Close(context.Background()) })
	return producer
}

// written puts notes on the topic, and one record that is none.
func written(t *testing.T, service settings.Service, notes int) {
	t.Helper()
	producer := newProducer(t, service)
	for number := range notes {
		out := record.Outgoing{
			Topic: "events", Key: fmt.Appendf(nil, "author-%d", number), Value: testkit.Note(number, "a"),
			Headers: record.Headers{{Name: "correlation-id", Value: []byte("c-1")}},
		}
		if got := produce(t, producer, out); got.failure != nil {
			t.Fatal(got.failure)
		}
	}
	produce(t, producer, record.Outgoing{Topic: "events", Key: []byte("poison"), Value: []byte("poison")})
}

func TestAKeyIsOnTheSamePartitionAsWithTheJavaClient(t *testing.T) {
	partitions := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
	// The hashes are those of the tests of Kafka's own Utils.murmur2.
	for key, hash := range map[string]int{"21": -973932308, "foobar": -790332482, "a-little-bit-long-string": -985981536} {
		if got := (kafka.Murmur2Balancer{}).Balance(kafka.Message{Key: []byte(key)}, partitions...); got != (hash&0x7fffffff)%12 {
			t.Errorf("%s: %d", key, got)
		}
	}
}

func TestARecordIsDeliveredAndAMissingTopicIsNamed(t *testing.T) {
	_, service := brokers(t)
	producer := newProducer(t, service)
	got := produce(t, producer, record.Outgoing{Topic: "events", Key: []byte("k"), Value: []byte("v")})
	if got.failure != nil || got.delivered.Topic != "events" || got.delivered.Offset != 0 {
		t.Error(got)
	}
	got = produce(t, producer, record.Outgoing{Topic: "missing", Key: []byte("k")})
	if got.failure == nil || got.failure.Reason != delivery.UnknownTopic {
		t.Error(got.failure)
	}
	if left := producer.Close(t.Context()); left != 0 {
		t.Error(left)
	}
}

func TestTheRecordThatIsTooLargeFailsAndNoOtherOfItsBatch(t *testing.T) {
	fake, service := brokers(t)
	atMost(fake, 2000)
	producer := newProducer(t, service)
	var waiting sync.WaitGroup
	reasons := make([]*delivery.Failure, 3)
	for i, value := range [][]byte{noise(1500), noise(1500), noise(5000)} {
		waiting.Add(1)
		producer.Produce(record.Outgoing{Topic: "events", Key: []byte("k"), Value: value}, func(_ delivery.Delivery, failure *delivery.Failure) {
			reasons[i] = failure
			waiting.Done()
		})
	}
	waiting.Wait()
	if reasons[0] != nil || reasons[1] != nil || reasons[2] == nil || reasons[2].Reason != delivery.TooLarge {
		t.Error(reasons)
	}
}

func TestTheOrderOfAKeyOutlastsABatchThatWasTooLarge(t *testing.T) {
	fake, service := brokers(t)
	atMost(fake, 2000)
	producer := newProducer(t, service)
	var waiting sync.WaitGroup
	offsets := make([]int64, 60)
	for i := range offsets {
		waiting.Add(1)
		// More come while the first batches are taken apart.
		time.Sleep(time.Millisecond)
		producer.Produce(record.Outgoing{Topic: "events", Key: []byte("k"), Value: noise(500)}, func(delivered delivery.Delivery, failure *delivery.Failure) {
			if failure != nil {
				t.Error(failure)
			}
			offsets[i] = delivered.Offset
			waiting.Done()
		})
	}
	waiting.Wait()
	if !slices.IsSorted(offsets) {
		t.Error(offsets)
	}
}

func TestDeadLettersThatWillNeverBeTakenAreARefusal(t *testing.T) {
	_, service := brokers(t)
	missing := membership()
	missing.DeadLetterTopic = "missing"
	letters, err := NewDeadLetters(service, missing, testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	defer letters.Close()
	_, err = letters.Send(t.Context(), []record.DeadLetter{{Record: testkit.Record(0, 1, []byte("poison"))}})
	if _, refused := errors.AsType[*cluster.Refused](err); !refused || err.Error() != "topic missing does not exist" {
		t.Error(err)
	}
	for code, want := range map[error]string{
		kafka.TopicAuthorizationFailed: "no right to Write on topic dlq", kafka.MessageSizeTooLarge: "max.message.bytes",
	} {
		if refused := unwritable(code, "dlq"); refused == nil || !strings.Contains(refused.Error(), want) {
			t.Error(refused)
		}
	}
	if passing := unwritable(kafka.NotEnoughReplicas, "dlq"); passing != nil {
		t.Error(passing)
	}
}

func TestWhatTheBrokersSayAboutTheTopicIsUnderstood(t *testing.T) {
	_, service := brokers(t)
	asking, err := newClient(service.Kafka, "missing", "events")
	if err != nil {
		t.Fatal(err)
	}
	defer asking.Close()
	if err := asking.AskForTopic(t.Context()); !errors.Is(err, cluster.ErrTopicMissing) {
		t.Error(err)
	}
	asking.topic = "events"
	if err := asking.AskForTopic(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestCertificatesAndRightsThatAreNotAcceptedAreRefusals(t *testing.T) {
	for want, err := range map[string]error{
		"the broker's certificate": &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}},
		"our certificate":          &net.OpError{Op: "remote error", Err: errors.New("tls: bad certificate")},
		"credentials":              kafka.SASLAuthenticationFailed,
		"no token":                 &cluster.Refused{Reason: "no token"},
	} {
		if got := refusal(fmt.Errorf("dialing: %w", err)); got == nil || !strings.Contains(got.Error(), want) {
			t.Errorf("%s: %v", want, got)
		}
	}
	if refusal(errors.New("connection refused")) != nil || noRights(kafka.NotLeaderForPartition, rights{topic: "Read on topic events"}) != nil {
		t.Error("what passes is no refusal")
	}
	if got := noRights(kafka.GroupAuthorizationFailed, rights{group: "Read on group g"}); got == nil ||
		got.Error() != "no right to Read on group g (Group Authorization Failed)" {
		t.Error(got)
	}
}

func TestFailuresAreSortedByWhatACallerCanDo(t *testing.T) {
	for err, want := range map[error]delivery.Reason{
		kafka.TopicAuthorizationFailed: delivery.Unauthorised, kafka.RecordListTooLarge: delivery.TooLarge,
		kafka.NotEnoughReplicas: delivery.NotAcknowledged, passing{kafka.MessageSizeTooLarge}: delivery.TooLarge,
		kafka.UnknownTopicOrPartition: delivery.UnknownTopic,
	} {
		if got := failureOf(fmt.Errorf("producing: %w", err)); got.Reason != want {
			t.Errorf("%v: %v", err, got.Reason)
		}
	}
}

// listener notes the partitions.
type listener struct {
	mutex    sync.Mutex
	assigned int
}

func (l *listener) Gained(partitions []record.Partition) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.assigned += len(partitions)
}
func (l *listener) Revoked(partitions []record.Partition) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.assigned -= len(partitions)
}
func (l *listener) Lost(partitions []record.Partition) { l.Revoked(partitions) }

func TestAMemberReadsCommitsPausesAndLeaves(t *testing.T) {
	_, service := brokers(t)
	written(t, service, 10)
	heard := &listener{}
	group, err := JoinGroup(service, membership(), heard, testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	records := poll(t, group, 11)
	if heard.assigned != 4 || len(records) != 11 {
		t.Errorf("%d partitions, %d records", heard.assigned, len(records))
	}
	next := map[record.Partition]int64{}
	for _, read := range records {
		next[read.Partition] = read.Offset + 1
	}
	if err := group.CommitNow(t.Context(), next); err != nil {
		t.Error(err)
	}
	done := make(chan error, 1)
	group.Commit(next, func(err error) { done <- err })
	if err := <-done; err != nil {
		t.Error(err)
	}
	group.Pause()
	written(t, service, 1)
	if records, err := group.Poll(t.Context(), 10); err != nil || len(records) != 0 {
		t.Error("a paused member read", records, err)
	}
	behind := int64(0)
	lag, err := group.Lag(t.Context(), all())
	for _, records := range lag {
		behind += records
	}
	if err != nil || behind != 2 {
		t.Error(lag, err)
	}
	group.Resume()
	poll(t, group, 2)
	group.Leave()
	if heard.assigned != 0 {
		t.Error(heard.assigned)
	}
}

func TestDeadLettersAreWrittenAndGoBack(t *testing.T) {
	_, service := brokers(t)
	letters, err := NewDeadLetters(service, membership(), testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	defer letters.Close()
	dead := record.DeadLetter{Record: testkit.Record(0, 1, []byte("poison")), Class: record.Undecodable, Message: "no", Attempts: 1}
	if left, err := letters.Send(t.Context(), []record.DeadLetter{dead, dead}); err != nil || len(left) != 0 {
		t.Fatal(left, err)
	}
	open := func() *DeadLetterTopic {
		topic, err := OpenDeadLetterTopic(t.Context(), settings.Replay{
			Kafka: service.Kafka, Topic: "events", DeadLetterTopic: "events.dlq", GroupID: "group",
		}, testkit.Silence())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(topic.Close)
		return topic
	}
	topic := open()
	read, err := topic.Next(t.Context(), 1)
	if err != nil || len(read) != 1 {
		t.Fatal(read, err)
	}
	for _, err := range topic.Send(t.Context(), []record.Outgoing{{Topic: "events", Key: []byte("ann")}}) {
		if err != nil {
			t.Error(err)
		}
	}
	if err := topic.Commit(t.Context(), map[record.Partition]int64{read[0].Partition: read[0].Offset + 1}); err != nil {
		t.Error(err)
	}
	// The next one begins where this one ended, and ends where the topic does.
	next := open()
	if read, err := next.Next(t.Context(), 10); err != nil || len(read) != 1 || read[0].Offset != 1 {
		t.Error(read, err)
	}
	if read, err := next.Next(t.Context(), 10); err != nil || len(read) != 0 {
		t.Error(read, err)
	}
}

// all are the partitions of the topic.
func all() (partitions []record.Partition) {
	for number := range int32(4) {
		partitions = append(partitions, record.Partition{Topic: "events", Number: number})
	}
	return partitions
}

func poll(t *testing.T, from *Group, count int) []record.Record {
	t.Helper()
	var records []record.Record
	for deadline := time.Now().Add(20 * time.Second); len(records) < count && time.Now().Before(deadline); {
		more, err := from.Poll(t.Context(), 100)
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, more...)
	}
	return records
}
