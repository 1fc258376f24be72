package kafka

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

const (
	// The most that an empty poll adds to a stop or to a retry.
	pollTime = 100 * time.Millisecond
	// A few batches ahead from each broker; the default is 50 MiB.
	fetchBytes = 8 << 20
)

// Listener hears about the partitions of this member.
type Listener interface {
	Gained(partitions []record.Partition)
	// Revoked comes before they go, so that what is done can be committed.
	Revoked(partitions []record.Partition)
	// Lost comes when they are gone already.
	Lost(partitions []record.Partition)
}

// Group is the membership in a consumer group.
type Group struct {
	Inquiry
	client *client
	topic  string
	group  string
	log    *slog.Logger
}

// JoinGroup needs no broker yet.
func JoinGroup(
	service settings.Service, membership settings.Membership, listener Listener, log *slog.Logger,
) (*Group, error) {
	client, err := newClient(service.Kafka, log, reading(service.Topic, membership, listener)...)
	if err != nil {
		return nil, err
	}
	return &Group{Inquiry{client, service.Topic}, client, service.Topic, membership.GroupID, log}, nil
}

func reading(topic string, membership settings.Membership, listener Listener) []kgo.Opt {
	options := []kgo.Opt{
		kgo.ConsumeTopics(topic),
		kgo.ConsumerGroup(membership.GroupID),
		// A new group starts with what is there.
		kgo.ConsumeStartOffset(kgo.NewOffset().AtStart()),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		// Offsets follow effects: a commit on a timer could run ahead of the store.
		kgo.DisableAutoCommit(),
		// Partitions go between two polls, never while a batch is under way.
		kgo.BlockRebalanceOnPoll(),
		kgo.OnPartitionsAssigned(func(_ context.Context, _ *kgo.Client, gained map[string][]int32) {
			listener.Gained(partitions(gained))
		}),
		kgo.OnPartitionsRevoked(func(_ context.Context, _ *kgo.Client, revoked map[string][]int32) {
			listener.Revoked(partitions(revoked))
		}),
		kgo.OnPartitionsLost(func(_ context.Context, _ *kgo.Client, lost map[string][]int32) {
			listener.Lost(partitions(lost))
		}),
		// As in the Java client. Longer, and partitions that are resumed may have to wait for a
		// fetch without them.
		kgo.FetchMaxWait(500 * time.Millisecond),
		kgo.FetchMaxBytes(fetchBytes),
	}
	if membership.Protocol == settings.KIP848 {
		// The broker assigns, and has the say about the session. It needs one of these two balancers.
		options = append(options, kgo.ServerSideBalancer(), kgo.Balancers(kgo.StickyBalancer()))
	} else {
		// Members keep their partitions in a rebalance, except those that move.
		options = append(options, kgo.Balancers(kgo.CooperativeStickyBalancer()), kgo.SessionTimeout(45*time.Second))
	}
	if membership.InstanceID != "" {
		options = append(options, kgo.InstanceID(membership.InstanceID))
	}
	return options
}

// Poll implements consumer.Group.
func (g *Group) Poll(ctx context.Context, most int) ([]record.Record, error) {
	ctx, cancel := context.WithTimeout(ctx, pollTime)
	defer cancel()
	// What the last poll returned is done with, or waits; a rebalance may come now, and goes first.
	g.client.AllowRebalance()
	return polled(g.client.PollRecords(ctx, most), g.topic, g.group, g.log)
}

func polled(fetches kgo.Fetches, topic, group string, log *slog.Logger) ([]record.Record, error) {
	for _, failed := range fetches.Errors() {
		if isAny(failed.Err, context.DeadlineExceeded, context.Canceled, kgo.ErrClientClosed) {
			continue
		}
		if refused := noRights(failed.Err, rights{topic: "Read on topic " + topic, group: "Read on group " + group}); refused != nil {
			return nil, refused
		}
		log.Warn("Kafka: "+failed.Err.Error(), "topic", failed.Topic, "partition", failed.Partition)
	}
	var records []record.Record
	for fetched := range fetches.RecordsAll() {
		records = append(records, incoming(fetched))
	}
	return records, nil
}

// Commit implements consumer.Group.
func (g *Group) Commit(offsets map[record.Partition]int64, done func(error)) {
	g.client.CommitOffsets(context.Background(), committable(offsets), committed(done))
}

// CommitNow implements consumer.Group.
func (g *Group) CommitNow(ctx context.Context, offsets map[record.Partition]int64) (err error) {
	g.client.CommitOffsetsSync(ctx, committable(offsets), committed(func(failed error) { err = failed }))
	return err
}

// Pause implements consumer.Group.
func (g *Group) Pause() {
	g.client.PauseFetchTopics(g.topic)
}

// Resume implements consumer.Group.
func (g *Group) Resume() {
	g.client.ResumeFetchTopics(g.topic)
}

// Leave implements consumer.Group.
func (g *Group) Leave() {
	g.client.CloseAllowingRebalance()
}

func committed(done func(error)) func(*kgo.Client, *kmsg.OffsetCommitRequest, *kmsg.OffsetCommitResponse, error) {
	return func(_ *kgo.Client, _ *kmsg.OffsetCommitRequest, response *kmsg.OffsetCommitResponse, err error) {
		if err != nil {
			done(err)
			return
		}
		for _, topic := range response.Topics {
			for _, partition := range topic.Partitions {
				if failed := kerr.ErrorForCode(partition.ErrorCode); failed != nil {
					err = fmt.Errorf("partition %d: %w", partition.Partition, failed)
				}
			}
		}
		done(err)
	}
}

func committable(offsets map[record.Partition]int64) map[string]map[int32]kgo.EpochOffset {
	committable := map[string]map[int32]kgo.EpochOffset{}
	for partition, next := range offsets {
		if committable[partition.Topic] == nil {
			committable[partition.Topic] = map[int32]kgo.EpochOffset{}
		}
		committable[partition.Topic][partition.Number] = kgo.EpochOffset{Epoch: -1, Offset: next}
	}
	return committable
}

func incoming(fetched *kgo.Record) record.Record {
	headers := make(record.Headers, len(fetched.Headers))
	for i, header := range fetched.Headers {
		headers[i] = record.Header{Name: header.Key, Value: header.Value}
	}
	return record.Record{
		Partition: record.Partition{Topic: fetched.Topic, Number: fetched.Partition},
		Offset:    fetched.Offset,
		Timestamp: fetched.Timestamp,
		Key:       fetched.Key,
		Value:     fetched.Value,
		Headers:   headers,
	}
}

func partitions(numbers map[string][]int32) []record.Partition {
	var partitions []record.Partition
	for topic, ofTopic := range numbers {
		for _, number := range ofTopic {
			partitions = append(partitions, record.Partition{Topic: topic, Number: number})
		}
	}
	return partitions
}
