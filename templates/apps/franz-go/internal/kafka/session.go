package kafka

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// Session reads and writes in transactions.
type Session struct {
	session     *kgo.GroupTransactSession
	connections *connections
	settings    settings.Transformer
	assigned    atomic.Int64
	log         *slog.Logger
	// oneByOne is the second try of a transaction that had a batch too large for its topic.
	oneByOne bool
}

// How long an instance that died half-way can hold back readers with read_committed.
const transactionTimeout = 30 * time.Second

// OpenSession needs no broker yet.
func OpenSession(_ context.Context, settings settings.Transformer, log *slog.Logger) (*Session, error) {
	opened := &Session{settings: settings, connections: &connections{}, log: log}
	options := append(durable(), connection(settings.Kafka)...)
	options = append(options, reading(settings.Topic, settings.Membership, opened)...)
	options = append(options,
		kgo.TransactionalID(settings.TransactionalID),
		kgo.TransactionTimeout(transactionTimeout),
		kgo.ProducerBatchMaxBytes(deadLetterBatchBytes),
		kgo.WithLogger(clientLog{log}),
		kgo.WithHooks(opened.connections),
	)
	session, err := kgo.NewGroupTransactSession(options...)
	if err != nil {
		return nil, err
	}
	opened.session = session
	return opened, nil
}

// Poll implements transformer.Session.
func (s *Session) Poll(ctx context.Context, most int) ([]record.Record, error) {
	ctx, cancel := context.WithTimeout(ctx, pollTime)
	defer cancel()
	s.session.AllowRebalance()
	return polled(s.session.PollRecords(ctx, most), s.settings.Topic, s.settings.GroupID, s.log)
}

// Transact implements transformer.Session. The session adds the offsets of what was polled.
func (s *Session) Transact(ctx context.Context, out []record.Outgoing) (bool, error) {
	began := time.Now()
	if err := s.session.Begin(); err != nil {
		return false, s.explained(err, time.Since(began))
	}
	failed := s.produce(ctx, out)
	committed, err := s.session.End(ctx, kgo.TransactionEndTry(failed == nil))
	if err != nil {
		return false, s.explained(errors.Join(failed, err), time.Since(began))
	}
	if explained := s.explained(failed, time.Since(began)); isRefused(explained) || isFenced(failed) {
		return false, explained
	}
	if failed != nil {
		s.log.Warn("Transaction aborted: "+failed.Error(), "topic", s.settings.OutputTopic)
	}
	s.oneByOne = errors.Is(failed, kerr.MessageTooLarge)
	return committed, nil
}

// Assigned implements transformer.Session.
func (s *Session) Assigned() bool {
	return s.assigned.Load() > 0
}

// Leave implements transformer.Session.
func (s *Session) Leave() {
	s.session.CloseAllowingRebalance()
}

// Gained implements Listener.
func (s *Session) Gained(partitions []record.Partition) {
	s.assigned.Add(int64(len(partitions)))
	s.tell("Partitions assigned.", partitions)
}

// Revoked implements Listener. The session aborts the transaction under way.
func (s *Session) Revoked(partitions []record.Partition) {
	s.assigned.Add(-int64(len(partitions)))
	s.tell("Partitions given up.", partitions)
}

// Lost implements Listener.
func (s *Session) Lost(partitions []record.Partition) {
	s.Revoked(partitions)
}

func (s *Session) tell(what string, partitions []record.Partition) {
	if len(partitions) > 0 {
		s.log.Info(what, "topic", s.settings.Topic, "count", len(partitions))
	}
}

func (s *Session) produce(ctx context.Context, out []record.Outgoing) error {
	most := roundBytes
	if s.oneByOne {
		most = 0
	}
	for _, round := range rounds(out, most) {
		if err := s.produceRound(ctx, round); err != nil {
			return err
		}
	}
	return nil
}

func (s *Session) produceRound(ctx context.Context, round []record.Outgoing) error {
	var mutex sync.Mutex
	var failed error
	for _, one := range round {
		s.session.Produce(ctx, outgoing(one), func(written *kgo.Record, err error) {
			if err != nil {
				mutex.Lock()
				defer mutex.Unlock()
				failed = &notWritten{written.Topic, err}
			}
		})
	}
	if err := s.session.Client().Flush(ctx); err != nil {
		return err
	}
	mutex.Lock()
	defer mutex.Unlock()
	return failed
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

// explained says what the error of a transaction means that was open for so long.
func (s *Session) explained(err error, open time.Duration) error {
	if err == nil {
		return nil
	}
	id := s.settings.TransactionalID
	if isFenced(err) {
		// The brokers have one answer for two cases: they gave the transaction up, or another instance
		// began. They give none up before its time-out; after it, a new session finds out.
		if open >= transactionTimeout {
			return fmt.Errorf("the transaction was open for %s, and the brokers gave it up: %w", open.Round(time.Second), err)
		}
		return &cluster.Refused{Reason: "fenced: another instance has taken over the transactional id " + id}
	}
	if errors.Is(err, kerr.FencedInstanceID) {
		return &cluster.Refused{Reason: "fenced: another instance has taken over the group instance id " + s.settings.InstanceID}
	}
	failed, ok := errors.AsType[*notWritten](err)
	if ok && (s.oneByOne || !errors.Is(err, kerr.MessageTooLarge)) {
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
	return err
}

func isFenced(err error) bool {
	return isAny(err, kerr.ProducerFenced, kerr.InvalidProducerEpoch)
}

func isRefused(err error) bool {
	_, ok := errors.AsType[*cluster.Refused](err)
	return ok
}
