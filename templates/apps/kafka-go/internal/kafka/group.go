package kafka

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/segmentio/kafka-go"

	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

const (
	// The most that an empty poll adds to a stop or to a retry.
	pollTime = 100 * time.Millisecond
	// Records may be large: a batch takes no more pages than this, however few records they hold.
	mostPages = 16
)

// Listener hears about the partitions of this member.
type Listener interface {
	Gained(partitions []record.Partition)
	// Revoked comes before they go, so that what is done can be committed.
	Revoked(partitions []record.Partition)
	// Lost comes when they are gone already.
	Lost(partitions []record.Partition)
}

// Group is the membership in a consumer group, from one poll to the next. What happens to the
// membership meanwhile (see membership.go) waits as a turn for the next poll.
type Group struct {
	*client
	membership kafka.ConsumerGroupConfig
	listener   Listener
	log        *slog.Logger

	turns chan func()
	leave context.CancelFunc
	left  chan struct{}
	mutex sync.Mutex
	fatal error

	// What follows belongs to whoever polls.
	generation *kafka.Generation
	reading    *reading
	pending    []record.Record
	paused     bool
	// Commits go out in the order in which they were asked for.
	committing sync.Mutex
}

var errNoGeneration = errors.New("the member is between two generations of its group")

// JoinGroup needs no broker yet.
func JoinGroup(
	service settings.Service, membership settings.Membership, listener Listener, log *slog.Logger,
) (*Group, error) {
	if err := unsupported(membership); err != nil {
		return nil, err
	}
	client, err := newClient(service.Kafka, service.Topic)
	if err != nil {
		return nil, err
	}
	group := &Group{
		client: client, membership: member(service, membership, client.mechanism, log),
		listener: listener, log: log, turns: make(chan func()), left: make(chan struct{}),
	}
	ctx, leave := context.WithCancel(context.Background())
	group.leave = leave
	go group.belong(ctx)
	return group, nil
}

// Poll implements consumer.Group.
func (g *Group) Poll(ctx context.Context, most int) ([]record.Record, error) {
	ctx, cancel := context.WithTimeout(ctx, pollTime)
	defer cancel()
	for {
		if err := g.refused(); err != nil {
			return nil, err
		}
		// A rebalance goes first: until its turn is over, all other members wait.
		select {
		case turn := <-g.turns:
			turn()
			continue
		default:
		}
		g.fill(most)
		if len(g.pending) > 0 && !g.paused {
			return g.take(most), nil
		}
		select {
		case <-ctx.Done():
			return nil, nil
		case turn := <-g.turns:
			turn()
		case page := <-g.pages():
			g.pending = page.records
		}
	}
}

// fill adds what has been fetched already, so that a batch may span partitions.
func (g *Group) fill(most int) {
	for pages := 0; len(g.pending) < most && pages < mostPages; pages++ {
		select {
		case page := <-g.pages():
			g.pending = append(g.pending, page.records...)
		default:
			return
		}
	}
}

// pages are those of this generation. While nothing may be read, none come: fetching ahead ends when
// its channel is full.
func (g *Group) pages() <-chan page {
	if g.reading == nil || g.paused {
		return nil
	}
	return g.reading.pages
}

func (g *Group) take(most int) []record.Record {
	count := min(most, len(g.pending))
	taken := g.pending[:count:count]
	g.pending = g.pending[count:]
	return taken
}

// Commit implements consumer.Group.
func (g *Group) Commit(offsets map[record.Partition]int64, done func(error)) {
	generation := g.generation
	g.committing.Lock()
	go func() {
		defer g.committing.Unlock()
		done(commit(generation, offsets))
	}()
}

// CommitNow implements consumer.Group.
func (g *Group) CommitNow(_ context.Context, offsets map[record.Partition]int64) error {
	g.committing.Lock()
	defer g.committing.Unlock()
	return commit(g.generation, offsets)
}

// commit is refused by the broker if the generation is over, so it can't overwrite the next owner's.
func commit(generation *kafka.Generation, offsets map[record.Partition]int64) error {
	if generation == nil {
		return errNoGeneration
	}
	committable := map[string]map[int]int64{}
	for partition, next := range offsets {
		if committable[partition.Topic] == nil {
			committable[partition.Topic] = map[int]int64{}
		}
		committable[partition.Topic][int(partition.Number)] = next
	}
	return generation.CommitOffsets(committable)
}

// Pause implements consumer.Group.
func (g *Group) Pause() {
	g.paused = true
}

// Resume implements consumer.Group.
func (g *Group) Resume() {
	g.paused = false
}

// Leave implements consumer.Group.
func (g *Group) Leave() {
	g.leave()
	for {
		select {
		case turn := <-g.turns:
			turn()
		case <-g.left:
			g.Close()
			return
		}
	}
}
