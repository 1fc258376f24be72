package kafka

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kmsg"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
	"example.com/platform-app/internal/testkit"
)

func TestWhatThisClientCanNotDoIsRefusedByName(t *testing.T) {
	wanted := membership()
	wanted.Protocol, wanted.InstanceID = settings.KIP848, "one"
	_, err := JoinGroup(settings.Service{}, wanted, &listener{}, testkit.Silence())
	wrong, ok := errors.AsType[settings.Error](err)
	if !ok || len(wrong) != 2 {
		t.Error(err)
	}
}

func TestAMemberThatComesTakesItsShareAndGoesOnWhereTheOtherCommitted(t *testing.T) {
	_, service := brokers(t)
	written(t, service, 10)
	one, other := &committing{}, &committing{}
	first := joined(t, service, one)
	poll(t, first, 11)
	second := joined(t, service, other)
	for deadline := time.Now().Add(20 * time.Second); one.assigned != 2 || other.assigned != 2; {
		if time.Now().After(deadline) {
			t.Fatal(one.assigned, other.assigned)
		}
		for _, group := range []*Group{first, second} {
			if records, err := group.Poll(t.Context(), 100); err != nil || len(records) > 0 {
				t.Fatal("read again what was committed on revoke", records, err)
			}
		}
	}
}

func TestAMemberWhoseJoinFailedDoesNotWaitForItself(t *testing.T) {
	fake, service := brokers(t)
	written(t, service, 1)
	group := joined(t, service, &listener{})
	poll(t, group, 2)
	// As when the coordinator dies: the heartbeat fails, and its successor is still loading.
	fake.ControlKey(int16(kmsg.Heartbeat), func(kmsg.Request) (kmsg.Response, error, bool) {
		return nil, errors.New("the coordinator is gone"), true
	})
	fake.ControlKey(int16(kmsg.JoinGroup), func(request kmsg.Request) (kmsg.Response, error, bool) {
		response := request.ResponseKind().(*kmsg.JoinGroupResponse)
		response.ErrorCode = int16(kafka.GroupLoadInProgress)
		return response, nil, true
	})
	first := group.generation.MemberID
	for deadline := time.Now().Add(15 * time.Second); group.generation == nil || group.generation.MemberID == first; {
		if time.Now().After(deadline) {
			t.Fatal("it waits for its own session")
		}
		if _, err := group.Poll(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
}

func TestACommitOfAGenerationThatIsOverIsRefused(t *testing.T) {
	_, service := brokers(t)
	written(t, service, 1)
	group := joined(t, service, &listener{})
	poll(t, group, 2)
	over := group.generation
	group.Leave()
	if err := commit(over, map[record.Partition]int64{all()[0]: 1}); err == nil {
		t.Error("the next owner's offsets could be overwritten")
	}
	if err := group.CommitNow(t.Context(), nil); !errors.Is(err, errNoGeneration) {
		t.Error(err)
	}
}

func TestAnOffsetThatIsGoneMeansTheStart(t *testing.T) {
	_, service := brokers(t)
	written(t, service, 10)
	first := joined(t, service, &listener{})
	poll(t, first, 11)
	beyond := map[record.Partition]int64{}
	for _, partition := range all() {
		beyond[partition] = 1000
	}
	if err := first.CommitNow(t.Context(), beyond); err != nil {
		t.Fatal(err)
	}
	first.Leave()
	if again := poll(t, joined(t, service, &listener{}), 11); len(again) != 11 {
		t.Error(len(again))
	}
}

func TestAMissingGroupTopicIsWaitedFor(t *testing.T) {
	_, service := brokers(t)
	service.Topic = "missing"
	group := joined(t, service, &listener{})
	if records, err := group.Poll(t.Context(), 1); err != nil || len(records) > 0 {
		t.Error(records, err)
	}
	if err := group.AskForTopic(t.Context()); !errors.Is(err, cluster.ErrTopicMissing) {
		t.Error(err)
	}
}

func TestATopicThatIsDeletedIsWaitedForWithoutAStorm(t *testing.T) {
	fake, service := brokers(t)
	written(t, service, 1)
	var joins atomic.Int64
	fake.ControlKey(int16(kmsg.JoinGroup), func(kmsg.Request) (kmsg.Response, error, bool) {
		fake.KeepControl()
		joins.Add(1)
		return nil, nil, false
	})
	heard := &listener{}
	group := joined(t, service, heard)
	poll(t, group, 2)
	until := func(assigned int) {
		t.Helper()
		for deadline := time.Now().Add(20 * time.Second); heard.assigned != assigned; {
			if _, err := group.Poll(t.Context(), 1); err != nil || time.Now().After(deadline) {
				t.Fatal(heard.assigned, err)
			}
		}
	}
	topics(t, service, &kafka.DeleteTopicsRequest{Topics: []string{"events"}})
	until(0)
	for range 20 {
		if _, err := group.Poll(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	if joins.Load() > 5 {
		t.Errorf("it joined %d times", joins.Load())
	}
	topics(t, service, &kafka.CreateTopicsRequest{Topics: []kafka.TopicConfig{{Topic: "events", NumPartitions: 4, ReplicationFactor: 1}}})
	until(4)
}

func TestAMissingRightToReadEndsTheMembership(t *testing.T) {
	fake, service := brokers(t)
	fake.ControlKey(int16(kmsg.Fetch), func(request kmsg.Request) (kmsg.Response, error, bool) {
		fake.KeepControl()
		return unreadable(request.(*kmsg.FetchRequest)), nil, true
	})
	group := joined(t, service, &listener{})
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); {
		if _, err := group.Poll(t.Context(), 1); err != nil {
			if _, refused := errors.AsType[*cluster.Refused](err); !refused || !strings.Contains(err.Error(), "Read on topic events") {
				t.Error(err)
			}
			return
		}
	}
	t.Error("it reads on for ever")
}

// topics changes what topics there are.
func topics(t *testing.T, service settings.Service, request any) {
	t.Helper()
	client, err := newClient(service.Kafka, "events")
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	switch request := request.(type) {
	case *kafka.DeleteTopicsRequest:
		_, err = client.DeleteTopics(t.Context(), request)
	case *kafka.CreateTopicsRequest:
		_, err = client.CreateTopics(t.Context(), request)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// committing commits on revoke, as the worker does.
type committing struct {
	listener
	group *Group
}

func (c *committing) Revoked(partitions []record.Partition) {
	c.listener.Revoked(partitions)
	next := map[record.Partition]int64{}
	for _, partition := range partitions {
		// Behind everything that the tests write.
		bounds, err := c.group.bounds(context.Background(), []record.Partition{partition})
		if err == nil {
			next[partition] = bounds[partition].end
		}
	}
	_ = commit(c.group.generation, next)
}

func joined(t *testing.T, service settings.Service, heard Listener) *Group {
	t.Helper()
	group, err := JoinGroup(service, membership(), heard, testkit.Silence())
	if err != nil {
		t.Fatal(err)
	}
	if member, ok := heard.(*committing); ok {
		member.group = group
	}
	t.Cleanup(group.Leave)
	return group
}
