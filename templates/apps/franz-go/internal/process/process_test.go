package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/settings"
)

func TestTheExitCodeSaysWhyItEnded(t *testing.T) {
	for name, one := range map[string]struct {
		work func(context.Context) error
		code int
		line string
	}{
		"done":          {func(context.Context) error { return nil }, 0, ""},
		"wrong setting": {func(context.Context) error { return settings.Error{"HTTP_PORT is taken"} }, 2, "Wrong settings: HTTP_PORT is taken"},
		"refused": {func(context.Context) error {
			return fmt.Errorf("polling: %w", &cluster.Refused{Reason: "wrong password"})
		}, 3, "Kafka refused, stopping: wrong password"},
		"an error": {func(context.Context) error { return errors.New("oops") }, 1, "A bug, stopping: oops"},
		"a panic":  {func(context.Context) error { panic("oops") }, 1, "panic: oops"},
		"told":     {func(context.Context) error { return Told(errors.New("oops")) }, 1, ""},
	} {
		var out bytes.Buffer
		code := Run(slog.New(slog.NewTextHandler(&out, nil)), one.work)
		if code != one.code || !strings.Contains(out.String(), one.line) || strings.Count(out.String(), "\n") > 1 {
			t.Errorf("%s: %d %s", name, code, out.String())
		}
	}
}

func TestASignalEndsTheWorkInOrder(t *testing.T) {
	code := Run(slog.Default(), func(ctx context.Context) error {
		if err := syscall.Kill(syscall.Getpid(), syscall.SIGTERM); err != nil {
			return err
		}
		<-ctx.Done()
		return fmt.Errorf("broken off: %w", ctx.Err())
	})
	if code != Stopped {
		t.Error(code)
	}
}

func TestThePartThatFailsFirstEndsTheOthersAndSaysWhy(t *testing.T) {
	group := NewGroup(t.Context())
	ended := group.Go(func(ctx context.Context) error {
		<-ctx.Done()
		return errors.New("second")
	})
	group.Go(func(context.Context) error { return errors.New("first") })
	<-ended
	if err := group.Wait(t.Context()); err == nil || err.Error() != "first" {
		t.Error(err)
	}
}

func TestAPartThatHangsIsNotWaitedForLongerThanAllowed(t *testing.T) {
	group := NewGroup(t.Context())
	hang := make(chan struct{})
	defer close(hang)
	group.Go(func(context.Context) error {
		<-hang
		return nil
	})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := group.Wait(ctx); err != nil {
		t.Error(err)
	}
}
