package process

import (
	"context"
	"sync"
)

// Group runs the parts of a service at the same time. The first that fails ends all of them.
type Group struct {
	// Context ends at the signal, or when a part has failed.
	Context context.Context

	cancel context.CancelCauseFunc
	parts  sync.WaitGroup
	once   sync.Once
	failed error
}

// NewGroup makes a group that also ends with the given context.
func NewGroup(ctx context.Context) *Group {
	ctx, cancel := context.WithCancelCause(ctx)
	return &Group{Context: ctx, cancel: cancel}
}

// Go starts a part; the channel is closed when it has ended.
func (g *Group) Go(part func(context.Context) error) (ended <-chan struct{}) {
	end := make(chan struct{})
	g.parts.Go(func() {
		defer close(end)
		if err := Guarded(func() error { return part(g.Context) }); err != nil {
			g.Fail(err)
		}
	})
	return end
}

// Fail ends the group; the first reason counts.
func (g *Group) Fail(err error) {
	g.once.Do(func() {
		g.failed = err
		g.cancel(err)
	})
}

// Wait returns when all parts have ended, or with the given context, and says why the group ended:
// nil after a signal.
func (g *Group) Wait(ctx context.Context) error {
	ended := make(chan struct{})
	go func() {
		g.parts.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-ctx.Done():
	}
	g.Fail(nil)
	return g.failed
}
