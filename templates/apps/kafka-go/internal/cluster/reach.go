package cluster

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// Services wait for brokers for ever. Who runs a tool wants to know that there are none.
const toolPatience = 30 * time.Second

// NoBroker means that none of them could be reached.
type NoBroker struct {
	Brokers []string
	// Last is what the last try ended with.
	Last error
}

func (n *NoBroker) Error() string {
	return fmt.Sprintf("no broker could be reached at %s for %d s (%s). Is it running, and is KAFKA_BOOTSTRAP_SERVERS right?",
		strings.Join(n.Brokers, ","), int(toolPatience.Seconds()), n.Last)
}

// Reach asks as NewWatch would, until a broker answers. It fails with Refused, ErrTopicMissing,
// NoBroker, or because the context ends.
func Reach(ctx context.Context, brokers []string, ask func(context.Context) error, log *slog.Logger) error {
	for start, told := time.Now(), false; ; told = true {
		asking, cancel := context.WithTimeout(ctx, patience)
		err := ask(asking)
		cancel()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if _, refused := errors.AsType[*Refused](err); err == nil || refused || errors.Is(err, ErrTopicMissing) {
			return err
		}
		if time.Since(start) >= toolPatience {
			return &NoBroker{brokers, err}
		}
		if !told {
			log.Warn("Kafka: no broker is connected, trying on.", "error", err.Error())
		}
		select {
		case <-ctx.Done():
		case <-time.After(interval):
		}
	}
}
