package kafka

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
	"example.com/platform-app/internal/testkit"
)

// brokers are librdkafka's own, in this process: the real client, protocol and threads, no Kafka.
func brokers(t *testing.T) settings.Service {
	t.Helper()
	fake, err := kafka.NewMockCluster(1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fake.Close)
	for _, topic := range []string{"events", "events.dlq", "derived"} {
		if err := fake.CreateTopic(topic, 4, 1); err != nil {
			t.Fatal(err)
		}
	}
	return settings.Service{
		Topic: "events", Kafka: settings.Kafka{ClientID: "test", Brokers: strings.Split(fake.BootstrapServers(), ",")},
	}
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
	return producer
}

// written puts notes on the topic, and one record that is none.
func written(t *testing.T, service settings.Service, notes int) {
	t.Helper()
	producer := newProducer(t, service)
	defer producer.Close(t.Context())
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
	service := brokers(t)
	producer := newProducer(t, service)
	defer producer.Close(t.Context())
	// The hashes are those of the tests of Kafka's own Utils.murmur2.
	for key, hash := range map[string]int{"21": -973932308, "foobar": -790332482, "a-little-bit-long-string": -985981536} {
		got := produce(t, producer, record.Outgoing{Topic: "events", Key: []byte(key)})
		if got.failure != nil || int(got.delivered.Partition) != (hash&0x7fffffff)%4 {
			t.Errorf("%s: %+v", key, got)
		}
	}
}

func TestARecordThatIsTooLargeFailsAtOnce(t *testing.T) {
	producer := newProducer(t, brokers(t))
	defer producer.Close(t.Context())
	got := produce(t, producer, record.Outgoing{Topic: "events", Value: make([]byte, 2*maxRecordBytes)})
	if got.failure == nil || got.failure.Reason != delivery.TooLarge {
		t.Error(got.failure)
	}
}

func TestWithoutBrokersTheQuestionFailsAndWhatIsInFlightCanBeAbandoned(t *testing.T) {
	service := settings.Service{Topic: "events", Kafka: settings.Kafka{ClientID: "test", Brokers: []string{"127.0.0.1:1"}}}
	producer := newProducer(t, service)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := producer.AskForTopic(ctx); err == nil || errors.Is(err, cluster.ErrTopicMissing) {
		t.Error(err)
	}
	failures := make(chan *delivery.Failure, 1)
	producer.Produce(record.Outgoing{Topic: "events"}, func(_ delivery.Delivery, failure *delivery.Failure) { failures <- failure })
	producer.Abandon()
	if failure := <-failures; failure == nil || failure.Reason != delivery.NotAcknowledged {
		t.Error(failure)
	}
	producer.Close(t.Context())
}

func TestTheTopicIsThereWhenTheBrokersSaySo(t *testing.T) {
	asking, err := NewInquiry(brokers(t), testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	defer asking.Close()
	if err := asking.AskForTopic(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestRefusalsAreToldApartFromWhatPasses(t *testing.T) {
	for want, err := range map[string]kafka.Error{
		"credentials": kafka.NewError(kafka.ErrAuthentication, "wrong password (after 3 ms)", false),
		"certificate": kafka.NewError(kafka.ErrSsl, "broker certificate could not be verified", false),
	} {
		if got := refusal(err); got == nil || !strings.Contains(got.Error(), want) || strings.Contains(got.Error(), "3 ms") {
			t.Errorf("%s: %v", want, got)
		}
	}
	if refusal(kafka.NewError(kafka.ErrSsl, "handshake: eof", false)) != nil || refusal(kafka.NewError(kafka.ErrTransport, "", false)) != nil {
		t.Error("what passes is no refusal")
	}
	if got := noRights(kafka.NewError(kafka.ErrGroupAuthorizationFailed, "no", false), rights{group: "Read on group g"}); got == nil ||
		got.Error() != "no right to Read on group g (no)" {
		t.Error(got)
	}
}

func TestARefusalThatIsReportedAnswersTheNextQuestion(t *testing.T) {
	service := settings.Service{Topic: "events", Kafka: settings.Kafka{ClientID: "test", Brokers: []string{"127.0.0.1:1"}}}
	producer := newProducer(t, service)
	producer.hear(kafka.NewError(kafka.ErrAuthentication, "wrong password", false))
	producer.hear(kafka.NewError(kafka.ErrAllBrokersDown, "1/1 brokers are down", false))
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, refused := errors.AsType[*cluster.Refused](producer.AskForTopic(ctx)); !refused {
		t.Error("the refusal was not told")
	}
	producer.Close(t.Context())
}

func TestFailuresAreSortedByWhatACallerCanDo(t *testing.T) {
	for code, want := range map[kafka.ErrorCode]delivery.Reason{
		kafka.ErrTopicAuthorizationFailed: delivery.Unauthorised, kafka.ErrMsgSizeTooLarge: delivery.TooLarge,
		kafka.ErrQueueFull: delivery.QueueFull, kafka.ErrMsgTimedOut: delivery.NotAcknowledged,
		kafka.ErrUnknownTopicOrPart: delivery.UnknownTopic,
	} {
		if got := failureOf(kafka.NewError(code, "", false)); got.Reason != want {
			t.Errorf("%v: %v", code, got.Reason)
		}
	}
}

func TestTheConnectionIsConfiguredAsTheSettingsSay(t *testing.T) {
	tls := &settings.TLS{CAFile: "ca.pem", CertificateFile: "c.pem", KeyFile: "k.pem"}
	for want, to := range map[string]settings.Kafka{
		"PLAINTEXT": {}, "SSL": {TLS: tls}, "SASL_SSL": {TLS: tls, Login: settings.Scram{Username: "ann", Password: "p"}},
	} {
		if got := connection(to)["security.protocol"]; got != want {
			t.Errorf("%s: %v", want, got)
		}
	}
	if got := connection(settings.Kafka{TLS: tls, Login: settings.OAuth{}}); got["sasl.mechanism"] != "OAUTHBEARER" ||
		got["ssl.endpoint.identification.algorithm"] != "https" || got["ssl.key.location"] != "k.pem" {
		t.Error(got)
	}
	kip848 := reading(settings.Kafka{}, settings.Membership{Protocol: settings.KIP848, InstanceID: "one"})
	if _, set := kip848["session.timeout.ms"]; set || kip848["group.protocol"] != "consumer" || kip848["group.instance.id"] != "one" {
		t.Error(kip848)
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
	service := brokers(t)
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
	all := []record.Partition{{Topic: "events", Number: 0}, {Topic: "events", Number: 1}, {Topic: "events", Number: 2}, {Topic: "events", Number: 3}}
	lag, err := group.Lag(t.Context(), all)
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
	service := brokers(t)
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
	service := brokers(t)
	written(t, service, 5)
	session, err := OpenSession(t.Context(), settings.Transformer{
		Service: service, Membership: membership(), OutputTopic: "derived", TransactionalID: "t-1",
	}, testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	for seen := 0; seen < 6; {
		read := poll(t, session, 1)
		seen += len(read)
		var out []record.Outgoing
		for _, one := range read {
			out = append(out, record.Outgoing{Topic: "derived", Key: one.Key, Value: one.Value})
		}
		if committed, err := session.Transact(t.Context(), out); err != nil || !committed {
			t.Fatal(committed, err)
		}
	}
	if !session.Assigned() {
		t.Error("not assigned")
	}
	session.Leave()
}

func TestATransactionThatTimedOutIsNotTakenForAnotherInstance(t *testing.T) {
	session := &Session{settings: settings.Transformer{TransactionalID: "t-1"}, writer: &writer{client: &client{}}}
	for _, code := range []kafka.ErrorCode{kafka.ErrFenced, kafka.ErrProducerFenced, kafka.ErrInvalidProducerEpoch} {
		fenced := kafka.NewError(code, "", true)
		if refused := session.explained(fenced, time.Second); !isRefused(refused) || !strings.Contains(refused.Error(), "t-1") {
			t.Error(refused)
		}
		if late := session.explained(fenced, transactionTimeout); late == nil || isRefused(late) {
			t.Error(late)
		}
	}
	if again := session.explained(kafka.NewError(kafka.ErrInvalidTxnState, "", true), time.Second); again == nil || isRefused(again) {
		t.Error(again)
	}
}

func TestABatchThatIsTooLargeHasASecondTryRecordByRecord(t *testing.T) {
	session := &Session{writer: &writer{client: &client{}}}
	tooLarge := &notWritten{"derived", kafka.NewError(kafka.ErrMsgSizeTooLarge, "", false)}
	if err := session.explained(tooLarge, 0); isRefused(err) {
		t.Error(err)
	}
	session.oneByOne = true
	if err := session.explained(tooLarge, 0); !isRefused(err) || !strings.Contains(err.Error(), "topic derived") {
		t.Error(err)
	}
}

func TestWhatWillNeverBeWrittenIsARefusal(t *testing.T) {
	for code, want := range map[kafka.ErrorCode]string{
		kafka.ErrTopicAuthorizationFailed: "no right to Write on topic dlq", kafka.ErrMsgSizeTooLarge: "max.message.bytes",
		kafka.ErrUnknownTopicOrPart: "topic dlq does not exist", kafka.ErrUnknownTopic: "topic dlq does not exist",
	} {
		if refused := unwritable(kafka.NewError(code, "", false), "dlq"); refused == nil || !strings.Contains(refused.Error(), want) {
			t.Error(code, refused)
		}
	}
	if passing := unwritable(kafka.NewError(kafka.ErrMsgTimedOut, "", false), "dlq"); passing != nil {
		t.Error(passing)
	}
}

func TestTheRecordThatIsTooLargeFailsAndNoOtherThatIsWrittenWithIt(t *testing.T) {
	service := brokers(t)
	writer, err := newWriter(burying(service.Kafka), service.Kafka, "events.dlq", testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	defer writer.producer.Close()
	failed := writer.produceAll(t.Context(), []record.Outgoing{
		{Topic: "events.dlq", Value: []byte("a")},
		{Topic: "events.dlq", Value: make([]byte, 2*maxDeadLetterBytes)},
		{Topic: "events.dlq", Value: []byte("b")},
	})
	if failed[0] != nil || !isAny(failed[1], kafka.ErrMsgSizeTooLarge) || failed[2] != nil {
		t.Error(failed)
	}
}

func TestWhatIsPolledIsBoundedInBytes(t *testing.T) {
	service := brokers(t)
	writer, err := newWriter(burying(service.Kafka), service.Kafka, "events", testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	defer writer.producer.Close()
	for range 5 {
		failed := writer.produceAll(t.Context(), []record.Outgoing{{Topic: "events", Key: []byte("k"), Value: make([]byte, 5<<20)}})
		if failed[0] != nil {
			t.Fatal(failed)
		}
	}
	group, err := JoinGroup(service, membership(), &listener{}, testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	defer group.Leave()
	if records := poll(t, group, 1); len(records) > 4 {
		t.Error(len(records))
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
