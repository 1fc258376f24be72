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

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
	"example.com/platform-app/internal/testkit"
)

// brokers are in this process: the real client and protocol, no Kafka.
func brokers(t *testing.T, options ...kfake.Opt) (*kfake.Cluster, settings.Service) {
	t.Helper()
	options = append(options, kfake.NumBrokers(1), kfake.SeedTopics(4, "events", "events.dlq", "derived"),
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
	partitioner := kgo.StickyKeyPartitioner(nil).ForTopic("events")
	// The hashes are those of the tests of Kafka's own Utils.murmur2.
	for key, hash := range map[string]int{"21": -973932308, "foobar": -790332482, "a-little-bit-long-string": -985981536} {
		if got := partitioner.Partition(&kgo.Record{Key: []byte(key)}, 12); got != (hash&0x7fffffff)%12 {
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

func TestWhatTheBrokersSayAboutTheTopicIsUnderstood(t *testing.T) {
	_, service := brokers(t)
	service.Topic = "missing"
	asking, err := NewInquiry(service, testkit.Silence())
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
		"the broker's certificate":   &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}},
		"our certificate":            &net.OpError{Op: "remote error", Err: errors.New("tls: bad certificate")},
		"SASL_AUTHENTICATION_FAILED": kerr.SaslAuthenticationFailed,
		"no token":                   &cluster.Refused{Reason: "no token"},
	} {
		if got := refusal(fmt.Errorf("dialing: %w", err)); got == nil || !strings.Contains(got.Error(), want) {
			t.Errorf("%s: %v", want, got)
		}
	}
	if refusal(errors.New("connection refused")) != nil || noRights(kerr.NotLeaderForPartition, rights{topic: "Read on topic events"}) != nil {
		t.Error("what passes is no refusal")
	}
	if got := noRights(kerr.GroupAuthorizationFailed, rights{group: "Read on group g"}); got == nil ||
		got.Error() != "no right to Read on group g (GROUP_AUTHORIZATION_FAILED)" {
		t.Error(got)
	}
}

func TestFailuresAreSortedByWhatACallerCanDo(t *testing.T) {
	for err, want := range map[error]delivery.Reason{
		kerr.TopicAuthorizationFailed: delivery.Unauthorised, kerr.RecordListTooLarge: delivery.TooLarge,
		kgo.ErrMaxBuffered: delivery.QueueFull, kgo.ErrRecordTimeout: delivery.NotAcknowledged,
		kerr.UnknownTopicOrPartition: delivery.UnknownTopic,
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
	lag, err := group.Lag(t.Context(), partitions(map[string][]int32{"events": {0, 1, 2, 3}}))
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

func TestASessionWritesInTransactions(t *testing.T) {
	_, service := brokers(t)
	written(t, service, 5)
	session, err := OpenSession(t.Context(), settings.Transformer{
		Service: service, Membership: membership(), OutputTopic: "derived", TransactionalID: "t-1",
	}, testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	read := poll(t, session, 6)
	if !session.Assigned() {
		t.Error("not assigned")
	}
	var out []record.Outgoing
	for _, one := range read {
		out = append(out, record.Outgoing{Topic: "derived", Key: one.Key, Value: one.Value})
	}
	if committed, err := session.Transact(t.Context(), out); err != nil || !committed {
		t.Fatal(committed, err)
	}
	session.Leave()
}

func TestATransactionThatTimedOutIsNotTakenForAnotherInstance(t *testing.T) {
	session := &Session{settings: settings.Transformer{TransactionalID: "t-1"}}
	for _, code := range []error{kerr.ProducerFenced, kerr.InvalidProducerEpoch} {
		if refused := session.explained(code, time.Second); !isRefused(refused) || !strings.Contains(refused.Error(), "t-1") {
			t.Error(refused)
		}
		if late := session.explained(code, transactionTimeout); late == nil || isRefused(late) || !errors.Is(late, code) {
			t.Error(late)
		}
	}
	if again := session.explained(kerr.InvalidTxnState, time.Second); again == nil || isRefused(again) {
		t.Error(again)
	}
}

func TestATransactionThatFitsNoBatchIsWrittenRecordByRecord(t *testing.T) {
	fake, service := brokers(t)
	atMost(fake, 2000)
	written(t, service, 0)
	session, err := OpenSession(t.Context(), settings.Transformer{
		Service: service, Membership: membership(), OutputTopic: "derived", TransactionalID: "t-1",
	}, testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	defer session.Leave()
	var out []record.Outgoing
	for range 20 {
		out = append(out, record.Outgoing{Topic: "derived", Key: []byte("k"), Value: noise(1500)})
	}
	poll(t, session, 1)
	if committed, err := session.Transact(t.Context(), out); err != nil || committed {
		t.Fatal(committed, err)
	}
	poll(t, session, 1)
	if committed, err := session.Transact(t.Context(), out); err != nil || !committed {
		t.Fatal(committed, err)
	}
	// Now one that is too large by itself.
	written(t, service, 0)
	poll(t, session, 1)
	out = []record.Outgoing{{Topic: "derived", Key: []byte("k"), Value: noise(3000)}}
	if committed, err := session.Transact(t.Context(), out); err != nil || committed {
		t.Fatal(committed, err)
	}
	poll(t, session, 1)
	if _, err := session.Transact(t.Context(), out); !isRefused(err) || !strings.Contains(err.Error(), "derived") {
		t.Error(err)
	}
}

func TestWhatIsWrittenTogetherFailsOnlyWhereItMust(t *testing.T) {
	fake, service := brokers(t)
	atMost(fake, 2000)
	client, err := newClient(service.Kafka, testkit.Silence(), append(durable(), kgo.ProducerLinger(20*time.Millisecond))...)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	var out []record.Outgoing
	for _, length := range []int{1500, 1500, 5000} {
		out = append(out, record.Outgoing{Topic: "events", Key: []byte("k"), Value: noise(length)})
	}
	failed := client.writeAll(t.Context(), out)
	if failed[0] != nil || failed[1] != nil || !errors.Is(failed[2], kerr.MessageTooLarge) {
		t.Error(failed)
	}
}

func TestARoundFitsIntoABatchUnlessItIsOneRecord(t *testing.T) {
	small, large := record.Outgoing{Value: make([]byte, 300)}, record.Outgoing{Value: make([]byte, 2000)}
	var lengths []int
	for first, round := range rounds([]record.Outgoing{small, small, large, small, small, small}, 1000) {
		if len(lengths) == 2 && first != 3 {
			t.Error(first)
		}
		lengths = append(lengths, len(round))
	}
	if !slices.Equal(lengths, []int{2, 1, 2, 1}) {
		t.Error(lengths)
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
	if !isRefused(err) || err.Error() != "topic missing does not exist" {
		t.Error(err)
	}
	for code, want := range map[error]string{
		kerr.TopicAuthorizationFailed: "no right to Write on topic dlq", kerr.MessageTooLarge: "max.message.bytes",
	} {
		if refused := unwritable(code, "dlq"); refused == nil || !strings.Contains(refused.Error(), want) {
			t.Error(refused)
		}
	}
	if passing := unwritable(kgo.ErrRecordTimeout, "dlq"); passing != nil {
		t.Error(passing)
	}
}

type poller interface {
	Poll(ctx context.Context, most int) ([]record.Record, error)
}

func poll(t *testing.T, from poller, count int) []record.Record {
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
