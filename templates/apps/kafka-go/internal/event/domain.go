package event

import (
	"context"
	"iter"

	"example.com/platform-app/internal/database"
	"example.com/platform-app/internal/sampling"
	"example.com/platform-app/internal/view"
)

// Definition is what a use case has to offer for the services to run it. E is what all its event
// types have in common.
type Definition[E Event] struct {
	// Types says for each event type how it is read from its fields.
	Types map[string]func(Base, *Fields) E
	// Tables are statements that SQLite and PostgreSQL both understand and that can be repeated.
	Tables []string
	// Apply gets a batch in the order of its partitions and writes what follows from it. It runs in
	// the transaction that also remembers the event ids, so it needn't be idempotent itself. If it
	// fails for several events, it is asked again for each of them, and only the one to blame
	// becomes a dead letter.
	Apply func(context.Context, *database.Tx, []E) error
	// Effects is a query for one number: how many events the tables account for.
	Effects string
	Views   []view.View
	// Samples never ends.
	Samples func(*sampling.Source) iter.Seq[E]
	// Derive makes the event that the transformer writes for this one.
	Derive func(E) (Derived, error)
}

// Derived is an event that follows from another one; it is written to a topic of its own.
type Derived interface {
	Common() Base
}

// Domain is a use case as the services see it, without its own types.
type Domain struct {
	Tables  []string
	Effects string
	Views   []view.View
	Apply   func(context.Context, *database.Tx, []Event) error
	Samples func(*sampling.Source) iter.Seq[Event]
	Derive  func(Event) (Derived, error)

	types map[string]func(Base, *Fields) Event
}

// Define turns a typed definition into a domain. The events that a domain is given are those that
// it decoded itself, so the assertions hold.
func Define[E Event](definition Definition[E]) Domain {
	types := make(map[string]func(Base, *Fields) Event, len(definition.Types))
	for name, read := range definition.Types {
		types[name] = func(base Base, fields *Fields) Event { return read(base, fields) }
	}
	return Domain{
		Tables:  definition.Tables,
		Effects: definition.Effects,
		Views:   definition.Views,
		Apply: func(ctx context.Context, tx *database.Tx, events []Event) error {
			typed := make([]E, len(events))
			for i, event := range events {
				typed[i] = event.(E)
			}
			return definition.Apply(ctx, tx, typed)
		},
		Samples: func(source *sampling.Source) iter.Seq[Event] {
			return func(yield func(Event) bool) {
				for event := range definition.Samples(source) {
					if !yield(event) {
						return
					}
				}
			}
		},
		Derive: func(event Event) (Derived, error) { return definition.Derive(event.(E)) },
		types:  types,
	}
}
