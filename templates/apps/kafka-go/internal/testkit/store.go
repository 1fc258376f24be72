package testkit

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/store"
)

// SQLite is the address of a database that is gone after the test.
func SQLite(t *testing.T) string {
	t.Helper()
	return "sqlite:///" + filepath.Join(t.TempDir(), "store.db")
}

// OpenStore opens a store that is closed after the test.
func OpenStore(t *testing.T, domain event.Domain, url string) *store.Store {
	t.Helper()
	opened := store.Open(url, domain)
	t.Cleanup(func() { _ = opened.Close() })
	return opened
}

// Apply brings events into the store, as records of one partition.
func Apply(t *testing.T, to *store.Store, domain event.Domain, values ...[]byte) store.Applied {
	t.Helper()
	var batch []store.Received
	for i, value := range values {
		decoded, err := domain.Decode(value)
		if err != nil {
			t.Fatalf("event %d: %v", i, err)
		}
		batch = append(batch, store.Received{Record: Record(0, int64(i), value), Event: decoded})
	}
	applied, err := to.Apply(t.Context(), batch)
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

// Get asks over HTTP.
func Get(handler http.Handler, path string) (status int, body string) {
	response := httptest.NewRecorder()
	handler.ServeHTTP(response, httptest.NewRequest(http.MethodGet, path, nil))
	return response.Code, response.Body.String()
}

// SameJSON fails unless both texts mean the same.
func SameJSON(t *testing.T, got, want string) {
	t.Helper()
	if canonical(t, got) != canonical(t, want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Silence is a log for tests that don't look at it.
func Silence() *slog.Logger {
	return slog.New(slog.NewJSONHandler(io.Discard, nil))
}

func canonical(t *testing.T, text string) string {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("no JSON: %s", text)
	}
	canonical, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(canonical)
}
