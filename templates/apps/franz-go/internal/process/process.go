// Package process goes from the command line to an exit code, the same way for every part.
package process

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/signal"
	"runtime/debug"
	"syscall"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/settings"
)

// The exit codes of the contract.
const (
	Stopped = iota
	Bug
	WrongSetting
	KafkaRefused
)

// Run ends at a signal or when the work is done, and returns the exit code.
func Run(log *slog.Logger, work func(context.Context) error) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	err := Guarded(func() error { return work(ctx) })
	if err == nil {
		return Stopped
	}
	if wrong, ok := errors.AsType[settings.Error](err); ok {
		log.Error("Wrong settings: "+wrong.Error(), "errorClass", "WrongSetting")
		return WrongSetting
	}
	if refused, ok := errors.AsType[*cluster.Refused](err); ok {
		log.Error("Kafka refused, stopping: "+refused.Reason, "errorClass", "KafkaRefused")
		return KafkaRefused
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return Stopped
	}
	if _, ok := errors.AsType[told](err); ok {
		return Bug
	}
	log.Error("A bug, stopping: "+err.Error(), "errorClass", "Bug", "stack", stackOf(err))
	return Bug
}

// Told is for an error that the log has told already. Refusals still end the process with 3.
func Told(err error) error {
	return told{err}
}

type told struct {
	error
}

func (t told) Unwrap() error {
	return t.error
}

// Guarded turns a panic into an error, so that it is logged as one line and ends the process in
// order.
func Guarded(work func() error) (err error) {
	defer func() {
		if bug := recover(); bug != nil {
			err = &panicked{bug: bug, stack: string(debug.Stack())}
		}
	}()
	return work()
}

type panicked struct {
	bug   any
	stack string
}

func (p *panicked) Error() string {
	return fmt.Sprintf("panic: %v", p.bug)
}

func stackOf(err error) string {
	if bug, ok := errors.AsType[*panicked](err); ok {
		return bug.stack
	}
	return ""
}
