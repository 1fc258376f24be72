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

// answers are given one after the other; the last one stays.
func answers(errs ...error) func(context.Context) error {
	return func(context.Context) error {
		answer := errs[0]
		if len(errs) > 1 {
			errs = errs[1:]
		}
		return answer
	}
}

func TestBeingRefusedAtTheStartIsForGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		watch := NewWatch("events", answers(errors.New("refused"), &Refused{Reason: "wrong password"}), slog.Default())
		err := watch.Run(t.Context())
		if refused, ok := errors.AsType[*Refused](err); !ok || refused.Reason != "wrong password" {
			t.Error(err)
		}
	})
}

func TestBeingRefusedLaterMayBeOneBrokerThatRestarts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		watch := NewWatch("events", answers(nil, &Refused{Reason: "wrong password"}), slog.Default())
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if err := watch.Run(ctx); err != nil || watch.Problem() != "no broker is connected" {
			t.Error(err, watch.Problem())
		}
	})
}

func TestAMissingTopicIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		watch := NewWatch("events", answers(ErrTopicMissing, ErrTopicMissing, nil), slog.Default())
		go func() { _ = watch.Run(t.Context()) }()
		synctest.Wait()
		if !watch.TopicMissing() || watch.Problem() != "topic events does not exist" {
			t.Error(watch.Problem())
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if watch.TopicMissing() || watch.Problem() != "" {
			t.Error(watch.Problem())
		}
	})
}

func TestAnOutageIsOneLineHoweverLongItLasts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		watch := NewWatch("events", answers(errors.New("connection refused")), slog.New(slog.NewTextHandler(&out, nil)))
		if watch.Problem() == "" {
			t.Error("ready before the first answer")
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_ = watch.Run(ctx)
		if strings.Count(out.String(), "\n") != 1 || !strings.Contains(out.String(), "connection refused") {
			t.Error(out.String())
		}
	})
}

func TestAMissingRightIsWaitedForByWhoAsksTo(t *testing.T) {
	missing := &Refused{Reason: "no right to Describe on topic events", MissingRight: true}
	synctest.Test(t, func(t *testing.T) {
		watch := NewWatch("events", answers(missing, nil), slog.Default()).WaitForRights()
		go func() { _ = watch.Run(t.Context()) }()
		synctest.Wait()
		if watch.Problem() != missing.Reason {
			t.Error(watch.Problem())
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if watch.Problem() != "" {
			t.Error(watch.Problem())
		}
	})
}
