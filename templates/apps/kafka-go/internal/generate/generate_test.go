package generate

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/platform-app/internal/testkit"
)

func printed(t *testing.T, arguments ...string) []string {
	t.Helper()
	options, err := ParseOptions(append(arguments, "--print"))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Run(t.Context(), testkit.Notes, options, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

// producer answers with the given statuses, the last one for ever, and notes what it is sent.
func producer(t *testing.T, statuses ...int) (url string, got func() []string) {
	t.Helper()
	var mutex sync.Mutex
	var bodies []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mutex.Lock()
		defer mutex.Unlock()
		bodies = append(bodies, string(body))
		status := statuses[0]
		if len(statuses) > 1 {
			statuses = statuses[1:]
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(`{"error":"queue_full"}`))
	}))
	t.Cleanup(server.Close)
	return server.URL, func() []string {
		mutex.Lock()
		defer mutex.Unlock()
		return bodies
	}
}

func post(t *testing.T, arguments ...string) (report string, err error) {
	t.Helper()
	options, err := ParseOptions(arguments)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = Run(t.Context(), testkit.Notes, options, io.Discard, &out)
	return out.String(), err
}

func TestTheSameSeedMakesTheSameEvents(t *testing.T) {
	first, again := printed(t, "--count", "50", "--seed", "7"), printed(t, "--count", "50", "--seed", "7")
	if len(first) != 50 || strings.Join(first, "\n") != strings.Join(again, "\n") {
		t.Error(len(first))
	}
	if other := printed(t, "--count", "50", "--seed", "8"); other[0] == first[0] {
		t.Error("another seed made the same event")
	}
}

func TestDuplicatesComeLaterAndChangeNoEvent(t *testing.T) {
	plain, repeated := printed(t, "--count", "500"), printed(t, "--count", "500", "--duplicates", "20")
	seen := map[string]bool{}
	var first []string
	for _, line := range repeated {
		if !seen[line] {
			first = append(first, line)
		}
		seen[line] = true
	}
	if extra := len(repeated) - 500; extra < 60 || extra > 140 {
		t.Errorf("%d duplicates", extra)
	}
	if strings.Join(first, "\n") != strings.Join(plain, "\n") {
		t.Error("the events themselves changed")
	}
}

func TestAFewKeysAreBusyAndAFewEventsAreLate(t *testing.T) {
	authors, late, last := map[string]int{}, 0, time.Time{}
	for _, line := range printed(t, "--count", "3000") {
		var note struct {
			Author     string
			OccurredAt time.Time
		}
		if err := json.Unmarshal([]byte(line), &note); err != nil {
			t.Fatal(err)
		}
		authors[note.Author]++
		if note.OccurredAt.Before(last) {
			late++
		} else {
			last = note.OccurredAt
		}
	}
	if authors["ann"] < 1500 || late < 10 || late > 90 {
		t.Error(authors, late)
	}
}

func TestEventsArePostedAndThoseOfAKeyStayInOrder(t *testing.T) {
	url, got := producer(t, 202)
	report, err := post(t, "--url", url, "--count", "40", "--rate", "10000")
	if err != nil || report != "40 of 40 events accepted\n" {
		t.Fatal(report, err)
	}
	want := map[string][]string{}
	for sample := range Samples(testkit.Notes, Options{Count: 40, Seed: 1}) {
		want[sample.Key] = append(want[sample.Key], string(sample.JSON))
	}
	for _, body := range got() {
		var note struct{ Author string }
		if err := json.Unmarshal([]byte(body), &note); err != nil {
			t.Fatal(err)
		}
		if want[note.Author][0] != body {
			t.Fatalf("%s came out of order", body)
		}
		want[note.Author] = want[note.Author][1:]
	}
}

func TestManyKeysArePostedAtATimeOverConnectionsThatAreKept(t *testing.T) {
	const together = 24
	var meeting sync.WaitGroup
	meeting.Add(together)
	var requests, connections atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		// The first are answered when so many are there.
		if requests.Add(1) <= together {
			meeting.Done()
			meeting.Wait()
		}
		w.WriteHeader(http.StatusAccepted)
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	samples := func(yield func(Sample) bool) {
		for number := range 2000 {
			if !yield(Sample{Key: strconv.Itoa(number % 100), JSON: []byte("{}")}) {
				return
			}
		}
	}
	outcome := NewPosting(server.URL, 0).All(t.Context(), samples)
	if outcome.Accepted != 2000 || connections.Load() > lanes {
		t.Error(outcome, connections.Load())
	}
}

func TestAProducerThatIsFullIsAskedAgain(t *testing.T) {
	url, got := producer(t, 503, 503, 202)
	if report, err := post(t, "--url", url, "--count", "1"); err != nil || len(got()) != 3 {
		t.Error(report, err, len(got()))
	}
}

func TestWhatIsRefusedIsToldAndCountsAsAFailure(t *testing.T) {
	url, got := producer(t, 403)
	report, err := post(t, "--url", url, "--count", "5")
	if err == nil || report != "0 of 5 events accepted\n5 not accepted: 403 queue_full\n" || len(got()) != 5 {
		t.Error(report, err)
	}
}

func TestAProducerThatIsNotThereIsTold(t *testing.T) {
	report, err := post(t, "--url", "http://127.0.0.1:1", "--count", "1")
	if err == nil || !strings.Contains(report, "1 not accepted: no answer: connection refused") {
		t.Error(report, err)
	}
}

func TestOptionsThatMakeNoSenseAreRefused(t *testing.T) {
	for _, arguments := range []string{"--count=-1", "--rate=-1", "--duplicates=101", "--url=localhost", "--url=https://x", "--what"} {
		if _, err := ParseOptions([]string{arguments}); err == nil {
			t.Errorf("%s was accepted", arguments)
		}
	}
}
