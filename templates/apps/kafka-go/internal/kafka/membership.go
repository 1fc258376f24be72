package kafka

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/sasl"

	"example.com/platform-app/internal/backoff"
	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

const longestTopicWait = 2 * time.Second

// kafka-go has a Reader that joins groups as well, but it gives partitions up without a word. Its
// ConsumerGroup says when a generation ends, and waits until we are ready for the next one.
func member(
	service settings.Service, membership settings.Membership, mechanism sasl.Mechanism, log *slog.Logger,
) kafka.ConsumerGroupConfig {
	return kafka.ConsumerGroupConfig{
		ID:      membership.GroupID,
		Brokers: service.Kafka.Brokers,
		Topics:  []string{service.Topic},
		Dialer: &kafka.Dialer{
			ClientID: service.Kafka.ClientID, Timeout: dialTimeout, SASLMechanism: mechanism,
			TLS: security(service.Kafka.TLS),
		},
		// Eager, as are all that kafka-go has: each rebalance takes all partitions from all members.
		GroupBalancers: []kafka.GroupBalancer{kafka.RoundRobinGroupBalancer{}},
		SessionTimeout: 45 * time.Second,
		// A member hears of a rebalance by its heartbeat, and until the last one has, nobody reads.
		HeartbeatInterval: time.Second,
		// How long the others wait for our batch under way.
		RebalanceTimeout: time.Minute,
		JoinGroupBackoff: time.Second,
		// A new group starts with what is there.
		StartOffset: kafka.FirstOffset,
		// New partitions are read too, and a topic that is deleted is noticed.
		WatchPartitionChanges:  true,
		PartitionWatchInterval: 2 * time.Second,
		ErrorLogger:            clientLog(log),
	}
}

// belong is a member until the context ends, one generation after the other.
func (g *Group) belong(ctx context.Context) {
	defer close(g.left)
	if !g.awaitTopic(ctx) {
		return
	}
	group, err := kafka.NewConsumerGroup(g.membership)
	if err != nil {
		g.fail(err)
		return
	}
	defer group.Close()
	memberID := ""
	for g.awaitTopic(ctx) {
		generation, err := group.Next(ctx)
		if err == nil {
			memberID = generation.MemberID
			generation.Start(func(ended context.Context) { g.live(ended, generation) })
			continue
		}
		if refused := noRights(err, rights{topic: "Read on topic " + g.topic, group: "Read on group " + g.membership.ID}); refused != nil {
			g.fail(refused)
			return
		}
		if memberID != "" && !isAny(err, context.Canceled, kafka.RebalanceInProgress) {
			g.log.Info("Joining the group as a new member.", "topic", g.topic, "error", err.Error())
			go g.leaveAs(ctx, memberID)
			memberID = ""
		}
	}
}

// leaveAs: after a join that failed, as when the group's coordinator dies, kafka-go forgets who it was
// and comes back as somebody new. The group would wait for the member that is gone, and read nothing
// until its session is over.
func (g *Group) leaveAs(ctx context.Context, memberID string) {
	ctx, cancel := context.WithTimeout(ctx, g.membership.SessionTimeout)
	defer cancel()
	for attempt := 1; ctx.Err() == nil; attempt++ {
		answer, err := g.LeaveGroup(ctx, &kafka.LeaveGroupRequest{
			GroupID: g.membership.ID, Members: []kafka.LeaveGroupRequestMember{{ID: memberID}},
		})
		if err == nil && answer.Error == nil {
			return
		}
		pause(ctx, backoff.Delay(attempt))
	}
}

// awaitTopic: without the topic, be it not made yet or deleted, there is nothing to assign, and
// kafka-go would join again and again without a pause. Unless the next generation is asked for, it
// waits.
func (g *Group) awaitTopic(ctx context.Context) bool {
	for attempt := 1; ctx.Err() == nil; attempt++ {
		asking, cancel := context.WithTimeout(ctx, dialTimeout)
		err := g.AskForTopic(asking)
		cancel()
		if err == nil {
			return true
		}
		if attempt == 1 && errors.Is(err, cluster.ErrTopicMissing) {
			g.log.Warn("The group waits for its topic.", "topic", g.topic)
		}
		pause(ctx, min(longestTopicWait, backoff.Delay(attempt)))
	}
	return false
}

// live is one generation. It ends with a rebalance, and also when a heartbeat had no answer; kafka-go
// doesn't say which. So the partitions always count as revoked, not as lost: what is done is offered
// to the broker, which takes it unless somebody else owns the partitions by now.
func (g *Group) live(ended context.Context, generation *kafka.Generation) {
	var mine []record.Partition
	from := map[record.Partition]int64{}
	for topic, assigned := range generation.Assignments {
		for _, one := range assigned {
			partition := record.Partition{Topic: topic, Number: int32(one.ID)}
			mine = append(mine, partition)
			from[partition] = one.Offset
		}
	}
	g.turns <- func() {
		g.generation = generation
		g.reading = g.read(from)
		g.listener.Gained(mine)
	}
	<-ended.Done()
	over := make(chan struct{})
	g.turns <- func() {
		defer close(over)
		g.listener.Revoked(mine)
		g.reading.stop()
		g.generation, g.reading, g.pending = nil, nil, nil
	}
	// The function returns when the batch under way is committed; only then the member joins again.
	<-over
}

func (g *Group) fail(err error) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.fatal = err
}

func (g *Group) refused() error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return g.fatal
}

func pause(ctx context.Context, wait time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(wait):
	}
}
