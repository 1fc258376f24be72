package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"example.com/platform-app/internal/database"
	"example.com/platform-app/internal/store"
	"example.com/platform-app/internal/testkit"
)

// databases are SQLite, and PostgreSQL where TEST_POSTGRES_URL names an empty database.
func databases(t *testing.T) map[string]string {
	t.Helper()
	urls := map[string]string{"SQLite": testkit.SQLite(t)}
	if url := os.Getenv("TEST_POSTGRES_URL"); url != "" {
		urls["PostgreSQL"] = url
	}
	return urls
}

func TestABatchIsAppliedOnceHoweverOftenItComes(t *testing.T) {
	for name, url := range databases(t) {
		t.Run(name, func(t *testing.T) {
			notes := testkit.OpenStore(t, testkit.Notes, url)
			twice := [][]byte{testkit.Note(1, "a"), testkit.Note(2, "b"), testkit.Note(1, "a")}
			first := testkit.Apply(t, notes, testkit.Notes, twice...)
			again := testkit.Apply(t, notes, testkit.Notes, twice...)
			if len(first.Fresh) != 2 || first.Duplicates != 1 || len(again.Fresh) != 0 || again.Duplicates != 3 {
				t.Errorf("first %+v, again %+v", first, again)
			}
			stats, err := notes.Stats(t.Context())
			if err != nil || stats != (store.Stats{Events: 2, Effects: 2}) {
				t.Error(stats, err)
			}
		})
	}
}

func TestTheEventAtFaultFailsAndNoOther(t *testing.T) {
	for name, url := range databases(t) {
		t.Run(name, func(t *testing.T) {
			notes := testkit.OpenStore(t, testkit.Notes, url)
			applied := testkit.Apply(t, notes, testkit.Notes, testkit.Note(11, "a"),
				testkit.Note(12, testkit.Unspeakable), testkit.Note(13, testkit.Alarming), testkit.Note(14, "b"))
			if len(applied.Fresh) != 2 || len(applied.Failed) != 2 {
				t.Fatalf("%+v", applied)
			}
			if text := applied.Failed[0].Cause.Error(); text != "nobody may note that" {
				t.Error(text)
			}
			if text := applied.Failed[1].Cause.Error(); text != "the handler panicked: don't panic" {
				t.Error(text)
			}
			if found, err := notes.Find(t.Context(), testkit.ID(12)); found != nil || err != nil {
				t.Error("a failed event counts as processed", found, err)
			}
		})
	}
}

func TestAnEventIsFoundWithWhereItCameFrom(t *testing.T) {
	notes := testkit.OpenStore(t, testkit.Notes, testkit.SQLite(t))
	testkit.Apply(t, notes, testkit.Notes, testkit.Note(1, "a"), testkit.Note(2, "b"))
	found, err := notes.Find(t.Context(), testkit.ID(2))
	if err != nil || found.Topic != "events" || found.Offset != 1 || *found.CorrelationID != "c-1" {
		t.Fatal(found, err)
	}
	testkit.SameJSON(t, string(found.Event), string(testkit.Note(2, "b")))
}

func TestAStoreThatIsAwayIsUnavailableAndThenOpened(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "gone")
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	notes := testkit.OpenStore(t, testkit.Notes, "sqlite:///"+folder+"/store.db")
	decoded, err := testkit.Notes.Decode(testkit.Note(1, "a"))
	if err != nil {
		t.Fatal(err)
	}
	batch := []store.Received{{Record: testkit.Record(0, 0, testkit.Note(1, "a")), Event: decoded}}
	_, err = notes.Apply(t.Context(), batch)
	if _, away := errors.AsType[*database.Unavailable](err); !away {
		t.Fatal(err)
	}
	if _, err := notes.Stats(t.Context()); err == nil {
		t.Error("a store that is away answered")
	}
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	if applied, err := notes.Apply(t.Context(), batch); err != nil || len(applied.Fresh) != 1 {
		t.Error(applied, err)
	}
}
