package replay

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/testkit"
)

// fakeTopic has letters, and fails to write those with a certain key.
type fakeTopic struct {
	letters   []record.Record
	failKey   string
	during    func()
	away      bool
	sent      []record.Outgoing
	committed map[record.Partition]int64
}

func (f *fakeTopic) Next(_ context.Context, most int) ([]record.Record, error) {
	most = min(most, len(f.letters))
	next := f.letters[:most]
	f.letters = f.letters[most:]
	return next, nil
}

func (f *fakeTopic) Send(ctx context.Context, out []record.Outgoing) []error {
	if f.during != nil {
		f.during()
	}
	if f.away {
		<-ctx.Done()
	}
	failed := make([]error, len(out))
	for i, one := range out {
		if failed[i] = ctx.Err(); failed[i] != nil {
			continue
		}
		if f.failKey != "" && string(one.Key) == f.failKey {
			failed[i] = errors.New("too large")
			continue
		}
		f.sent = append(f.sent, one)
	}
	return failed
}

func (f *fakeTopic) Commit(_ context.Context, offsets map[record.Partition]int64) error {
	if f.committed == nil {
		f.committed = map[record.Partition]int64{}
	}
	maps.Copy(f.committed, offsets)
	return nil
}

func letter(offset int64, key, topic string) record.Record {
	dead := record.DeadLetter{Record: testkit.Record(0, offset, []byte("v")), Class: record.HandlerFailed}
	headers := dead.Outgoing("dlq", "group").Headers
	headers[1].Value = []byte(topic)
	return record.Record{
		Partition: record.Partition{Topic: "dlq", Number: 0}, Offset: offset, Key: []byte(key), Value: []byte("v"),
		Headers: headers,
	}
}

func run(t *testing.T, topic *fakeTopic, arguments ...string) (lastLine string, err error) {
	t.Helper()
	options, err := ParseOptions(arguments)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = Run(t.Context(), topic, "events", options, slog.New(slog.NewTextHandler(&out, nil)))
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	return lines[len(lines)-1], err
}

func TestDeadLettersGoBackAsTheyWereAndThoseOfOtherTopicsAreSkipped(t *testing.T) {
	topic := &fakeTopic{letters: []record.Record{letter(3, "ann", "events"), letter(4, "ben", "others"), letter(5, "cem", "events")}}
	line, err := run(t, topic)
	if err != nil || !strings.Contains(line, "replayed=2 skipped=1") || topic.committed[record.Partition{Topic: "dlq"}] != 6 {
		t.Fatal(line, err, topic.committed)
	}
	back := topic.sent[0]
	if back.Topic != "events" || string(back.Key) != "ann" || string(back.Value) != "v" || len(back.Headers) != 2 {
		t.Errorf("%+v", back)
	}
	if from, _ := back.Headers.Text("replayed-from"); from != "dlq/0/3" {
		t.Error(from)
	}
	if id, _ := back.Headers.Text("correlation-id"); id != "c-1" {
		t.Error(id)
	}
}

func TestADryRunWritesAndCommitsNothing(t *testing.T) {
	topic := &fakeTopic{letters: []record.Record{letter(3, "ann", "events")}}
	line, err := run(t, topic, "--dry-run")
	if err != nil || !strings.Contains(line, "replayed=1 skipped=0") || topic.sent != nil || topic.committed != nil {
		t.Error(line, err, topic)
	}
}

func TestALimitLeavesTheRestForTheNextReplay(t *testing.T) {
	topic := &fakeTopic{letters: []record.Record{letter(3, "ann", "events"), letter(4, "ben", "events")}}
	line, err := run(t, topic, "--limit", "1")
	if err != nil || !strings.Contains(line, "replayed=1") || topic.committed[record.Partition{Topic: "dlq"}] != 4 {
		t.Error(line, err, topic.committed)
	}
}

func TestARecordThatCanNotBeWrittenIsWhereTheNextReplayBegins(t *testing.T) {
	topic := &fakeTopic{failKey: "ben", letters: []record.Record{
		letter(3, "ann", "events"), letter(4, "ben", "events"), letter(5, "cem", "events"),
	}}
	line, err := run(t, topic)
	if err == nil || !strings.Contains(line, "replayed=2") || topic.committed[record.Partition{Topic: "dlq"}] != 4 {
		t.Error(line, err, topic.committed)
	}
}

func TestTheLimitCountsWhatIsSentAndNotWhatIsSkipped(t *testing.T) {
	topic := &fakeTopic{letters: []record.Record{
		letter(3, "ann", "events"), letter(4, "ben", "others"), letter(5, "cem", "events"), letter(6, "dan", "events"),
	}}
	line, err := run(t, topic, "--limit", "2")
	if err != nil || !strings.Contains(line, "replayed=2 skipped=1") || topic.committed[record.Partition{Topic: "dlq"}] != 6 {
		t.Error(line, err, topic.committed)
	}
}

func TestASignalIsNoFailureAndWhatIsAcknowledgedIsCommitted(t *testing.T) {
	topic := &fakeTopic{letters: []record.Record{letter(3, "ann", "events")}}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	// While the first is on its way; the second comes too late.
	topic.during = func() {
		stop()
		topic.letters = []record.Record{letter(4, "ben", "events")}
	}
	if err := Run(ctx, topic, "events", Options{}, testkit.Silence()); err != nil {
		t.Error(err)
	}
	if len(topic.sent) != 1 || topic.committed[record.Partition{Topic: "dlq"}] != 4 {
		t.Error(topic.sent, topic.committed)
	}
}

func TestALetterThatWasOnItsWayWhenTheGraceEndedIsLeftForTheNextReplay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		topic := &fakeTopic{letters: []record.Record{letter(3, "ann", "events")}, away: true}
		ctx, stop := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, stop)
		if err := Run(ctx, topic, "events", Options{}, testkit.Silence()); err != nil || topic.committed != nil {
			t.Error(err, topic.committed)
		}
	})
}

func TestALetterThatWasReplayedBeforeSaysWhereItStoodLast(t *testing.T) {
	again := letter(3, "ann", "events")
	again.Headers = append(again.Headers, record.Header{Name: replayedFrom, Value: []byte("dlq/0/1")})
	topic := &fakeTopic{letters: []record.Record{again}}
	if _, err := run(t, topic); err != nil {
		t.Fatal(err)
	}
	if headers := topic.sent[0].Headers; len(headers) != 2 || string(headers[1].Value) != "dlq/0/3" {
		t.Error(headers)
	}
}

func TestAReplayThatFoundNoBrokerSaysWhereItLookedAndItsNumbers(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	err := NotBegun(&cluster.NoBroker{Brokers: []string{"one:9092"}, Last: errors.New("no such host")}, Options{}, log)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if err == nil || len(lines) != 2 || !strings.Contains(lines[0], "level=ERROR") || !strings.Contains(lines[0], "one:9092") ||
		!strings.Contains(lines[1], "replayed=0 skipped=0") {
		t.Error(err, lines)
	}
	if refused := (&cluster.Refused{Reason: "wrong password"}); NotBegun(refused, Options{}, log) != refused {
		t.Error("a refusal is told by the process")
	}
}

func TestOptionsThatMakeNoSenseAreRefused(t *testing.T) {
	for _, arguments := range [][]string{{"--limit", "0"}, {"--limit", "-1"}, {"--limit", "many"}, {"--limit"}, {"everything"}} {
		if _, err := ParseOptions(arguments); err == nil {
			t.Errorf("%v was accepted", arguments)
		}
	}
	if options, err := ParseOptions(nil); err != nil || options != (Options{}) {
		t.Error(options, err)
	}
}
