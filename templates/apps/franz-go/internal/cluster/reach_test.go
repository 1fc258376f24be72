package cluster

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var errAway = errors.New("no such host")

func TestAToolWaitsForBrokersAndNotForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		start := time.Now()
		err := Reach(t.Context(), []string{"one:9092", "two:9092"}, answers(errAway), slog.New(slog.NewTextHandler(&out, nil)))
		if _, ok := errors.AsType[*NoBroker](err); !ok || time.Since(start) != toolPatience {
			t.Error(err, time.Since(start))
		}
		for _, said := range []string{"one:9092,two:9092", "no such host", "KAFKA_BOOTSTRAP_SERVERS"} {
			if !strings.Contains(err.Error(), said) {
				t.Error(err)
			}
		}
		if strings.Count(out.String(), "\n") != 1 {
			t.Error(out.String())
		}
	})
}

func TestABrokerThatHangsIsNotReached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		}
		err := Reach(t.Context(), []string{"one:9092"}, hang, slog.Default())
		if _, ok := errors.AsType[*NoBroker](err); !ok {
			t.Error(err)
		}
	})
}

func TestWhateverABrokerAnswersItWasReached(t *testing.T) {
	for _, answer := range []error{nil, ErrTopicMissing, &Refused{Reason: "wrong password"}} {
		synctest.Test(t, func(t *testing.T) {
			if err := Reach(t.Context(), nil, answers(errAway, answer), slog.Default()); !errors.Is(err, answer) {
				t.Error(err)
			}
		})
	}
}

func TestASignalEndsTheWaitForBrokers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		time.AfterFunc(1500*time.Millisecond, stop)
		start := time.Now()
		if err := Reach(ctx, nil, answers(errAway), slog.Default()); !errors.Is(err, context.Canceled) || time.Since(start) > 2*time.Second {
			t.Error(err, time.Since(start))
		}
	})
}
