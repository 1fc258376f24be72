package kafka

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

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
}

// OpenSession needs no broker yet.
func OpenSession(_ context.Context, settings settings.Transformer, log *slog.Logger) (*Session, error) {
	opened := &Session{settings: settings, connections: &connections{}, log: log}
	options := append(durable(), connection(settings.Kafka)...)
	options = append(options, reading(settings.Topic, settings.Membership, opened)...)
	options = append(options,
		kgo.TransactionalID(settings.TransactionalID),
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
	if err := s.session.Begin(); err != nil {
		return false, s.explained(err)
	}
	failed := s.produce(ctx, out)
	committed, err := s.session.End(ctx, kgo.TransactionEndTry(failed == nil))
	if err != nil {
		return false, s.explained(errors.Join(failed, err))
	}
	if failed != nil {
		if explained := s.explained(failed); isRefused(explained) {
			return false, explained
		}
		s.log.Warn("Transaction aborted: "+failed.Error(), "topic", s.settings.OutputTopic)
	}
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
	var mutex sync.Mutex
	var failed error
	for _, one := range out {
		s.session.Produce(ctx, outgoing(one), func(written *kgo.Record, err error) {
			if err != nil {
				mutex.Lock()
				defer mutex.Unlock()
				failed = fmt.Errorf("topic %s: %w", written.Topic, err)
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

func (s *Session) explained(err error) error {
	if isAny(err, kerr.ProducerFenced, kerr.InvalidProducerEpoch, kerr.FencedInstanceID) {
		return &cluster.Refused{Reason: fmt.Sprintf(
			"another instance has taken over the transactional id %s", s.settings.TransactionalID)}
	}
	what := fmt.Sprintf("topics %s, %s, transactional id %s",
		s.settings.OutputTopic, s.settings.DeadLetterTopic, s.settings.TransactionalID)
	if refused := noRights(err, what); refused != nil {
		return refused
	}
	return err
}

func isRefused(err error) bool {
	_, ok := errors.AsType[*cluster.Refused](err)
	return ok
}
