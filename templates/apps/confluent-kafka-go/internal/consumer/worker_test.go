package consumer

import (
	"context"
	"errors"
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/database"
	"example.com/platform-app/internal/metrics"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/store"
	"example.com/platform-app/internal/testkit"
)

// fakeGroup gives out prepared polls, and then none.
type fakeGroup struct {
	polls     [][]record.Record
	before    func()
	err       error
	commitErr error
	committed map[record.Partition]int64
	paused    bool
	left      bool
}

func (g *fakeGroup) Poll(ctx context.Context, _ int) ([]record.Record, error) {
	if g.before != nil {
		g.before()
	}
	if g.err != nil {
		return nil, g.err
	}
	if g.paused || len(g.polls) == 0 {
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
		return nil, nil
	}
	next := g.polls[0]
	g.polls = g.polls[1:]
	return next, nil
}

func (g *fakeGroup) Commit(offsets map[record.Partition]int64, done func(error)) {
	done(g.CommitNow(context.Background(), offsets))
}

func (g *fakeGroup) CommitNow(_ context.Context, offsets map[record.Partition]int64) error {
	if g.commitErr == nil {
		maps.Copy(g.committed, offsets)
	}
	return g.commitErr
}

func (g *fakeGroup) Pause()  { g.paused = true }
func (g *fakeGroup) Resume() { g.paused = false }
func (g *fakeGroup) Leave()  { g.left = true }

func (g *fakeGroup) Lag(context.Context, []record.Partition) (map[record.Partition]int64, error) {
	return map[record.Partition]int64{partition(0): 7, partition(1): 9}, g.err
}

// fakeStore applies to nothing, and is away as often as it is told.
type fakeStore struct {
	away    int
	err     error
	during  func()
	applied []record.Record
}

func (s *fakeStore) Apply(_ context.Context, batch []store.Received) (store.Applied, error) {
	if s.during != nil {
		s.during()
	}
	if s.away > 0 {
		s.away--
		return store.Applied{}, s.err
	}
	for _, one := range batch {
		s.applied = append(s.applied, one.Record)
	}
	return store.Applied{Fresh: batch}, nil
}

// fakeLetters takes letters, except as often as it is told.
type fakeLetters struct {
	refuse int
	err    error
	taken  []record.DeadLetter
}

func (d *fakeLetters) Send(_ context.Context, letters []record.DeadLetter) ([]record.DeadLetter, error) {
	if d.refuse > 0 {
		d.refuse--
		return letters, d.err
	}
	d.taken = append(d.taken, letters...)
	return nil, nil
}

type fixture struct {
	*Worker
	group   *fakeGroup
	store   *fakeStore
	letters *fakeLetters
	metrics *metrics.Consumer
}

func newFixture(polls ...[]record.Record) *fixture {
	f := &fixture{
		group:   &fakeGroup{polls: polls, committed: map[record.Partition]int64{}},
		store:   &fakeStore{err: unavailable()},
		letters: &fakeLetters{},
		metrics: metrics.NewConsumer(),
	}
	f.Worker = &Worker{
		processor: processor{
			domain: testkit.Notes, store: f.store, deadLetters: f.letters, metrics: f.metrics, log: testkit.Silence(),
		},
		topic: "events", maxPollRecords: 500, commitInterval: time.Second, log: testkit.Silence(),
		group: f.group, offsets: offsets{}, committed: make(chan commitResult, 1),
	}
	f.Gained([]record.Partition{partition(0), partition(1)})
	return f
}

// unavailable is what a database says that can't be reached.
func unavailable() error {
	absent := database.New("postgresql://app@127.0.0.1:1/app?sslmode=disable")
	return absent.Write(context.Background(), func(*database.Tx) error { return nil })
}

func (f *fixture) runFor(t *testing.T, time time.Duration) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time)
	defer cancel()
	return f.Run(ctx)
}

func partition(number int32) record.Partition {
	return record.Partition{Topic: "events", Number: number}
}

func note(partition int32, offset int64) record.Record {
	return testkit.Record(partition, offset, testkit.Note(int(offset), "a"))
}

func TestWhatIsAppliedOrBuriedIsCommittedAndTheGroupIsLeft(t *testing.T) {
	f := newFixture([]record.Record{note(0, 1), note(1, 5), testkit.Record(0, 2, []byte("poison"))})
	synctest.Test(t, func(t *testing.T) {
		if err := f.runFor(t, 5*time.Second); err != nil {
			t.Fatal(err)
		}
	})
	if f.group.committed[partition(0)] != 3 || f.group.committed[partition(1)] != 6 || !f.group.left {
		t.Errorf("%+v", f.group)
	}
	if len(f.store.applied) != 2 || len(f.letters.taken) != 1 || f.letters.taken[0].Class != record.Undecodable {
		t.Errorf("%+v", f.letters.taken)
	}
	if got := testutil.ToFloat64(f.metrics.Consumed.WithLabelValues("events")); got != 3 {
		t.Error(got)
	}
}

func TestWhileTheStoreIsAwayThePartitionsArePausedAndNothingIsCommitted(t *testing.T) {
	f := newFixture([]record.Record{note(0, 1)}, []record.Record{note(0, 2)})
	f.store.away = 4
	synctest.Test(t, func(t *testing.T) {
		paused := false
		f.group.before = func() {
			if f.group.paused {
				paused = true
				if len(f.group.committed) > 0 || testutil.ToFloat64(f.metrics.Paused) != 1 {
					t.Error("committed while paused", f.group.committed)
				}
			}
		}
		if err := f.runFor(t, time.Minute); err != nil || !paused {
			t.Fatal(err, paused)
		}
	})
	if f.group.committed[partition(0)] != 3 || f.group.paused || len(f.store.applied) != 2 {
		t.Errorf("%+v", f.group)
	}
	if testutil.ToFloat64(f.metrics.Retried) != 4 || testutil.ToFloat64(f.metrics.Paused) != 0 {
		t.Error(testutil.ToFloat64(f.metrics.Retried))
	}
}

func TestReadinessAndTheLagDoNotWaitForTheBatchUnderWay(t *testing.T) {
	f := newFixture([]record.Record{note(0, 1)})
	behind := &lag{gauge: f.metrics.Lag, group: f.group, assigned: f.Assigned, log: testkit.Silence()}
	synctest.Test(t, func(t *testing.T) {
		f.store.during = func() {
			if len(f.Assigned()) != 2 {
				t.Error(f.Assigned())
			}
			behind.measure(t.Context())
		}
		if err := f.runFor(t, time.Second); err != nil {
			t.Fatal(err)
		}
	})
	if len(f.store.applied) != 1 || testutil.CollectAndCount(f.metrics.Lag) != 2 {
		t.Error(f.store.applied)
	}
}

func TestEffectsAreNotAppliedAgainWhenOnlyDeadLettersAreLeft(t *testing.T) {
	f := newFixture([]record.Record{note(0, 1), testkit.Record(0, 2, []byte("poison"))})
	f.letters.refuse = 3
	synctest.Test(t, func(t *testing.T) {
		if err := f.runFor(t, time.Minute); err != nil {
			t.Fatal(err)
		}
	})
	if len(f.store.applied) != 1 || len(f.letters.taken) != 1 || f.group.committed[partition(0)] != 3 {
		t.Error(f.store.applied, f.letters.taken, f.group.committed)
	}
}

func TestWhatIsRevokedIsCommittedAsFarAsItIsDoneAndForgotten(t *testing.T) {
	f := newFixture([]record.Record{note(0, 1), note(1, 5)}, []record.Record{note(0, 2), note(1, 6)})
	f.commitInterval = time.Hour
	synctest.Test(t, func(t *testing.T) {
		polls := 0
		f.group.before = func() {
			// After the first batch, while the second one is fetched.
			if polls++; polls == 2 {
				f.Revoked([]record.Partition{partition(1)})
			}
		}
		if err := f.runFor(t, time.Second); err != nil {
			t.Fatal(err)
		}
	})
	if f.group.committed[partition(1)] != 6 || f.group.committed[partition(0)] != 3 || len(f.store.applied) != 3 {
		t.Error(f.group.committed, f.store.applied)
	}
}

func TestWhatIsLostIsNotCommitted(t *testing.T) {
	f := newFixture([]record.Record{note(0, 1), note(1, 5)})
	f.commitInterval = time.Hour
	f.commitAt = time.Now().Add(time.Hour)
	synctest.Test(t, func(t *testing.T) {
		polls := 0
		f.group.before = func() {
			if polls++; polls == 2 {
				f.Lost([]record.Partition{partition(1)})
			}
		}
		if err := f.runFor(t, time.Second); err != nil {
			t.Fatal(err)
		}
	})
	if _, committed := f.group.committed[partition(1)]; committed || f.group.committed[partition(0)] != 2 {
		t.Error(f.group.committed)
	}
	if len(f.Assigned()) != 1 {
		t.Error(f.Assigned())
	}
}

func TestARevokedBatchThatWaitsForTheStoreIsDropped(t *testing.T) {
	f := newFixture([]record.Record{note(1, 5)})
	f.store.away = 1000
	synctest.Test(t, func(t *testing.T) {
		polls := 0
		f.group.before = func() {
			if polls++; polls == 5 {
				f.Revoked([]record.Partition{partition(0), partition(1)})
			}
		}
		if err := f.runFor(t, time.Minute); err != nil {
			t.Fatal(err)
		}
	})
	if len(f.group.committed) > 0 || f.group.paused || f.batch != nil {
		t.Error(f.group.committed, f.group.paused, f.batch)
	}
}

func TestACommitThatFailedIsTriedAgain(t *testing.T) {
	f := newFixture([]record.Record{note(0, 1)})
	f.group.commitErr = errors.New("rebalance in progress")
	synctest.Test(t, func(t *testing.T) {
		time.AfterFunc(5*time.Second, func() { f.group.commitErr = nil })
		if err := f.runFor(t, 10*time.Second); err != nil {
			t.Fatal(err)
		}
	})
	if f.group.committed[partition(0)] != 2 {
		t.Error(f.group.committed)
	}
}

func TestBeingRefusedEndsTheWorkerWhoeverRefuses(t *testing.T) {
	refused := &cluster.Refused{Reason: "no rights"}
	polling, burying := newFixture(), newFixture([]record.Record{testkit.Record(0, 2, []byte("poison"))})
	polling.group.err = refused
	burying.letters.refuse, burying.letters.err = 1, refused
	for _, f := range []*fixture{polling, burying} {
		if err := f.runFor(t, time.Second); !errors.Is(err, refused) || !f.group.left {
			t.Error(err)
		}
	}
}

func TestRecordsThatComeInSpiteOfThePauseAreABugAndNotALoss(t *testing.T) {
	f := newFixture([]record.Record{note(0, 1)}, []record.Record{note(0, 2)})
	f.store.away = 1000
	synctest.Test(t, func(t *testing.T) {
		f.group.before = func() { f.group.paused = false }
		if err := f.runFor(t, time.Minute); err == nil || len(f.group.committed) > 0 {
			t.Error(err, f.group.committed)
		}
	})
}

func TestTheLagOfAPartitionThatMovedIsNotShownAnyMore(t *testing.T) {
	f := newFixture()
	behind := &lag{gauge: f.metrics.Lag, group: f.group, assigned: f.Assigned, log: testkit.Silence()}
	behind.measure(t.Context())
	if testutil.CollectAndCount(f.metrics.Lag) != 2 || testutil.ToFloat64(f.metrics.Lag.WithLabelValues("events", "1")) != 9 {
		t.Error("two partitions have a lag")
	}
	f.Revoked([]record.Partition{partition(1)})
	behind.measure(t.Context())
	if testutil.CollectAndCount(f.metrics.Lag) != 1 {
		t.Error("the lag of partition 1 stayed")
	}
	f.group.err = errors.New("no broker")
	behind.measure(t.Context())
	if testutil.ToFloat64(f.metrics.Lag.WithLabelValues("events", "0")) != 7 {
		t.Error("the last known lag went away")
	}
}
