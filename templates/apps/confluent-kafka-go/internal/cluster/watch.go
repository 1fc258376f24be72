// Package cluster knows whether the brokers can be reached, and whether they want us.
package cluster

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

const (
	interval = time.Second
	// A broker that accepts connections and then hangs answers nothing, not even with an error.
	patience = 5 * time.Second
)

// Refused means credentials, a certificate or rights: trying again would only repeat the answer.
type Refused struct {
	Reason string
	// MissingRight says that an ACL is missing, which somebody may still add.
	MissingRight bool
}

func (r *Refused) Error() string {
	return r.Reason
}

// ErrTopicMissing says that brokers answered, and know no such topic.
var ErrTopicMissing = errors.New("the topic does not exist")

// Watch asks the brokers for the topic, again and again.
type Watch struct {
	topic string
	ask   func(context.Context) error
	log   *slog.Logger

	mutex   sync.Mutex
	problem string
	missing bool
	// waitsForRights says that a missing right is a problem, and no reason to stop.
	waitsForRights bool
	// greeted is set by the first good answer. Until then, being refused is a mistake in the set-up.
	// Later on it may be one broker that restarts and hasn't loaded its users yet.
	greeted bool
}

// NewWatch makes a watch that asks with the given function, which fails with ErrTopicMissing, with
// Refused, or with whatever keeps it from the brokers.
func NewWatch(topic string, ask func(context.Context) error, log *slog.Logger) *Watch {
	return &Watch{topic: topic, ask: ask, log: log, problem: "no broker is connected yet"}
}

// WaitForRights makes the watch go on without a right to the topic. Who asks over HTTP is told, and
// nothing has to be started again when the ACL is there.
func (w *Watch) WaitForRights() *Watch {
	w.waitsForRights = true
	return w
}

// Run asks until the context ends; it fails only when Kafka refused us.
func (w *Watch) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		asking, cancel := context.WithTimeout(ctx, patience)
		err := w.ask(asking)
		cancel()
		if ctx.Err() != nil {
			break
		}
		if err := w.heard(err); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(interval):
		}
	}
	return nil
}

// Problem is why nothing can be read or written at the moment, or empty.
func (w *Watch) Problem() string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.problem
}

// TopicMissing says that the brokers know no such topic, as of the last answer.
func (w *Watch) TopicMissing() bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.missing
}

func (w *Watch) heard(err error) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	problem := ""
	switch refused, isRefused := errors.AsType[*Refused](err); {
	case err == nil:
		w.greeted = true
	case isRefused && refused.MissingRight && w.waitsForRights:
		w.greeted = true
		problem = refused.Reason
	case isRefused && !w.greeted:
		return refused
	case errors.Is(err, ErrTopicMissing):
		w.greeted = true
		problem = "topic " + w.topic + " does not exist"
	default:
		problem = "no broker is connected"
	}
	w.missing = errors.Is(err, ErrTopicMissing)
	if problem != w.problem {
		w.tell(problem, err)
	} else if problem != "" {
		w.log.Debug("Kafka: still "+problem, "error", err)
	}
	w.problem = problem
	return nil
}

// One line at the change is enough: brokers that are away are asked for hours.
func (w *Watch) tell(problem string, err error) {
	if problem == "" {
		w.log.Info("Connected to Kafka.", "topic", w.topic)
		return
	}
	w.log.Warn("Kafka: "+problem+", trying on.", "topic", w.topic, "error", err.Error())
}
