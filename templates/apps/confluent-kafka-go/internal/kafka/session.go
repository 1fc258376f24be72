package kafka

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// How long a call to the transaction coordinator may take.
const coordinatorTimeout = 30 * time.Second

// Session reads and writes in transactions. Rebalances happen in Poll, so no transaction is ever
// under way when partitions go.
type Session struct {
	*Group
	writer   *writer
	settings settings.Transformer

	mutex    sync.Mutex
	assigned []record.Partition
	// polled are the records that the next transaction covers.
	polled []record.Record
	// oneByOne is the second try of a transaction that had a batch too large for its topic.
	oneByOne bool
}

// OpenSession waits for the transaction coordinator. It aborts what an earlier instance with the
// same transactional id has left open, and fences that instance.
func OpenSession(ctx context.Context, settings settings.Transformer, log *slog.Logger) (*Session, error) {
	writer, err := newWriter(transacting(settings), settings.Kafka, settings.Topic, log)
	if err != nil {
		return nil, err
	}
	session := &Session{writer: writer, settings: settings}
	initialising, cancel := context.WithTimeout(ctx, coordinatorTimeout)
	defer cancel()
	if err := writer.producer.InitTransactions(initialising); err != nil {
		writer.producer.Close()
		return nil, session.explained(err, 0)
	}
	group, err := JoinGroup(settings.Service, settings.Membership, session, log)
	if err != nil {
		writer.producer.Close()
		return nil, err
	}
	session.Group = group
	return session, nil
}

// Poll implements transformer.Session.
func (s *Session) Poll(ctx context.Context, most int) ([]record.Record, error) {
	records, err := s.Group.Poll(ctx, most)
	s.polled = slices.DeleteFunc(records, func(r record.Record) bool { return !s.owns(r.Partition) })
	return s.polled, err
}

// Transact implements transformer.Session.
func (s *Session) Transact(ctx context.Context, out []record.Outgoing) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*coordinatorTimeout)
	defer cancel()
	began := time.Now()
	failed := s.transact(ctx, out)
	if failed == nil {
		s.oneByOne = false
		return true, nil
	}
	if explained := s.explained(failed, time.Since(began)); isFatal(failed) || isFenced(failed) || isRefused(explained) {
		return false, explained
	}
	s.log.Warn("Transaction aborted: "+failed.Error(), "topic", s.settings.OutputTopic)
	if err := s.writer.producer.AbortTransaction(ctx); err != nil {
		return false, s.explained(err, time.Since(began))
	}
	s.oneByOne = isAny(failed, kafka.ErrMsgSizeTooLarge)
	return false, s.rewind()
}

func (s *Session) transact(ctx context.Context, out []record.Outgoing) error {
	if err := s.writer.producer.BeginTransaction(); err != nil {
		return err
	}
	if err := s.produce(ctx, out); err != nil {
		return err
	}
	// The group's generation goes along: a member that was expelled can't commit any more.
	member, err := s.consumer.GetConsumerGroupMetadata()
	if err != nil {
		return err
	}
	next := map[record.Partition]int64{}
	for _, read := range s.polled {
		next[read.Partition] = read.Offset + 1
	}
	if err := s.writer.producer.SendOffsetsToTransaction(ctx, committable(next), member); err != nil {
		return err
	}
	return s.writer.producer.CommitTransaction(ctx)
}

// produce fails with the error that says most. Others may only follow from it.
func (s *Session) produce(ctx context.Context, out []record.Outgoing) error {
	together := max(1, len(out))
	if s.oneByOne {
		together = 1
	}
	for round := range slices.Chunk(out, together) {
		failed := make([]error, len(round))
		s.writer.produceTogether(ctx, round, failed)
		var first error
		for i, err := range failed {
			if err == nil {
				continue
			}
			if unwritable(err, round[i].Topic) != nil {
				return &notWritten{round[i].Topic, err}
			}
			first = cmp.Or(first, err)
		}
		if first != nil {
			return first
		}
	}
	return nil
}

// notWritten knows which of the topics it was.
type notWritten struct {
	topic string
	cause error
}

func (n *notWritten) Error() string {
	return "topic " + n.topic + ": " + n.cause.Error()
}

func (n *notWritten) Unwrap() error {
	return n.cause
}

// rewind lets what was polled be read again.
func (s *Session) rewind() error {
	first := map[record.Partition]int64{}
	for _, read := range s.polled {
		if _, earlier := first[read.Partition]; !earlier && s.owns(read.Partition) {
			first[read.Partition] = read.Offset
		}
	}
	_, err := s.consumer.SeekPartitions(committable(first))
	return err
}

// Assigned implements transformer.Session.
func (s *Session) Assigned() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return len(s.assigned) > 0
}

// Leave implements transformer.Session.
func (s *Session) Leave() {
	s.Group.Leave()
	s.writer.producer.Close()
}

// Gained implements Listener.
func (s *Session) Gained(partitions []record.Partition) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.assigned = append(s.assigned, partitions...)
	s.tell("Partitions assigned.", partitions)
}

// Revoked implements Listener.
func (s *Session) Revoked(partitions []record.Partition) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.assigned = slices.DeleteFunc(s.assigned, func(p record.Partition) bool { return slices.Contains(partitions, p) })
	s.tell("Partitions given up.", partitions)
}

// Lost implements Listener.
func (s *Session) Lost(partitions []record.Partition) {
	s.Revoked(partitions)
}

func (s *Session) owns(partition record.Partition) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Contains(s.assigned, partition)
}

func (s *Session) tell(what string, partitions []record.Partition) {
	if len(partitions) > 0 {
		s.writer.log.Info(what, "topic", s.settings.Topic, "count", len(partitions))
	}
}

// explained says what the error of a transaction means that was open for so long.
func (s *Session) explained(err error, open time.Duration) error {
	id := s.settings.TransactionalID
	if isFenced(err) {
		// The brokers have one answer for two cases: they gave the transaction up, or another instance
		// began. They give none up before its time-out; after it, a new session finds out.
		if open >= transactionTimeout {
			return fmt.Errorf("the transaction was open for %s, and the brokers gave it up: %w", open.Round(time.Second), err)
		}
		return &cluster.Refused{Reason: "fenced: another instance has taken over the transactional id " + id}
	}
	if isAny(err, kafka.ErrFencedInstanceID) {
		return &cluster.Refused{Reason: "fenced: another instance has taken over the group instance id " + s.settings.InstanceID}
	}
	failed, ok := errors.AsType[*notWritten](err)
	if ok && (s.oneByOne || !isAny(err, kafka.ErrMsgSizeTooLarge)) {
		if refused := unwritable(failed.cause, failed.topic); refused != nil {
			return refused
		}
	}
	if refused := noRights(err, rights{
		topic: "Read on topic " + s.settings.Topic, group: "Read on group " + s.settings.GroupID,
		transactionalID: "Write on transactional id " + id,
	}); refused != nil {
		return refused
	}
	if refused := s.writer.refusal(); refused != nil {
		return refused
	}
	return err
}

func isFenced(err error) bool {
	return isAny(err, kafka.ErrFenced, kafka.ErrProducerFenced, kafka.ErrInvalidProducerEpoch)
}

func isFatal(err error) bool {
	failure, ok := errors.AsType[kafka.Error](err)
	return ok && failure.IsFatal()
}

func isRefused(err error) bool {
	_, ok := errors.AsType[*cluster.Refused](err)
	return ok
}
