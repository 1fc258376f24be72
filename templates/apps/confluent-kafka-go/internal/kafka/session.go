package kafka

import (
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
		return nil, session.explained(err)
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
	err := s.transact(ctx, out)
	if err == nil {
		return true, nil
	}
	if explained := s.explained(err); isFatal(err) || isRefused(explained) {
		return false, explained
	}
	s.log.Warn("Transaction aborted: "+err.Error(), "topic", s.settings.OutputTopic)
	if err := s.writer.producer.AbortTransaction(ctx); err != nil {
		return false, s.explained(err)
	}
	return false, s.rewind()
}

func (s *Session) transact(ctx context.Context, out []record.Outgoing) error {
	if err := s.writer.producer.BeginTransaction(); err != nil {
		return err
	}
	if err := errors.Join(s.writer.produceAll(ctx, out)...); err != nil {
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

func (s *Session) explained(err error) error {
	if isAny(err, kafka.ErrFenced, kafka.ErrProducerFenced, kafka.ErrInvalidProducerEpoch) {
		return &cluster.Refused{Reason: fmt.Sprintf(
			"another instance has taken over the transactional id %s", s.settings.TransactionalID)}
	}
	what := fmt.Sprintf("topics %s, %s, transactional id %s",
		s.settings.OutputTopic, s.settings.DeadLetterTopic, s.settings.TransactionalID)
	if refused := errors.Join(noRights(err, what), s.writer.refusal()); refused != nil {
		return refused
	}
	return err
}

func isFatal(err error) bool {
	failure, ok := errors.AsType[kafka.Error](err)
	return ok && failure.IsFatal()
}

func isRefused(err error) bool {
	_, ok := errors.AsType[*cluster.Refused](err)
	return ok
}
