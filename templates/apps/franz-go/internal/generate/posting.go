package generate

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// The busiest key sets the pace, and no other shall wait for it: so there are far more lanes than
	// requests that the producer needs to be busy.
	lanes = 64
	// A producer that answers 503 is full or cut off for the moment.
	attempts       = 5
	requestTimeout = time.Minute
)

// Outcome is what became of the events.
type Outcome struct {
	Accepted int
	// Refused counts the last answers of those that were not accepted.
	Refused map[string]int
}

// Posting posts at a rate, several events at a time, those of one key one after the other.
type Posting struct {
	url    string
	rate   float64
	client *http.Client
}

// NewPosting posts to the producer at that address.
func NewPosting(url string, rate float64) *Posting {
	return &Posting{
		url:  strings.TrimRight(url, "/") + "/events",
		rate: rate,
		client: &http.Client{
			Timeout: requestTimeout,
			// Each lane keeps its connection.
			Transport: &http.Transport{
				MaxConnsPerHost: lanes, MaxIdleConnsPerHost: lanes, IdleConnTimeout: time.Minute,
			},
		},
	}
}

// All posts until the events or the context end.
func (p *Posting) All(ctx context.Context, samples iter.Seq[Sample]) Outcome {
	var workers sync.WaitGroup
	outcomes := [lanes]Outcome{}
	queues := [lanes]chan []byte{}
	for i := range lanes {
		// Bounded, so that a slow producer slows us down instead of filling our memory.
		queues[i] = make(chan []byte, 200)
		workers.Go(func() { outcomes[i] = p.lane(ctx, queues[i]) })
	}
	began, number := time.Now(), 0
	for sample := range samples {
		p.pace(ctx, began, number)
		if ctx.Err() != nil {
			break
		}
		number++
		// One key, one lane: its events arrive in the order in which they happened.
		queues[laneOf(sample.Key)] <- sample.JSON
	}
	for _, queue := range queues {
		close(queue)
	}
	workers.Wait()
	return sum(outcomes[:])
}

func (p *Posting) pace(ctx context.Context, began time.Time, number int) {
	if p.rate > 0 {
		sleep(ctx, time.Until(began.Add(time.Duration(float64(number)/p.rate*float64(time.Second)))))
	}
}

func (p *Posting) lane(ctx context.Context, queue <-chan []byte) Outcome {
	outcome := Outcome{Refused: map[string]int{}}
	left := attempts
	for event := range queue {
		refusal := p.post(ctx, event, left)
		// A producer that was away for one event won't be waited for with every other.
		if refusal == "" {
			outcome.Accepted++
			left = attempts
		} else {
			outcome.Refused[refusal]++
			left = 1
		}
	}
	return outcome
}

// post returns the last answer, or nothing when the event was accepted. Repeating is safe: the event
// keeps its id.
func (p *Posting) post(ctx context.Context, event []byte, attempts int) (refusal string) {
	for attempt := range attempts {
		var retryAfter time.Duration
		refusal, retryAfter = p.once(ctx, event)
		if refusal == "" || retryAfter < 0 || attempt+1 == attempts {
			return refusal
		}
		sleep(ctx, max(retryAfter, 200*time.Millisecond<<attempt))
	}
	return refusal
}

// once returns a negative time when trying again is of no use.
func (p *Posting) once(ctx context.Context, event []byte) (refusal string, retryAfter time.Duration) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url, bytes.NewReader(event))
	if err != nil {
		return err.Error(), -1
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := p.client.Do(request)
	if err != nil {
		return "no answer: " + reason(err), 0
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return "no answer: " + reason(err), 0
	case response.StatusCode == http.StatusAccepted:
		return "", 0
	case response.StatusCode == http.StatusServiceUnavailable:
		seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
		return fmt.Sprintf("%d %s", response.StatusCode, kind(body)), time.Duration(seconds) * time.Second
	default:
		return fmt.Sprintf("%d %s", response.StatusCode, kind(body)), -1
	}
}

// reason leaves the method and the address out, so that equal reasons are counted together.
func reason(err error) string {
	text := err.Error()
	if cause := strings.LastIndex(text, ": "); cause >= 0 {
		return text[cause+len(": "):]
	}
	return text
}

func kind(body []byte) string {
	var problem struct {
		Error string `json:"error"`
	}
	if json.Unmarshal(body, &problem) != nil || problem.Error == "" {
		return "(no reason given)"
	}
	return problem.Error
}

func laneOf(key string) int {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(key))
	return int(hash.Sum32() % lanes)
}

func sum(outcomes []Outcome) Outcome {
	total := Outcome{Refused: map[string]int{}}
	for _, outcome := range outcomes {
		total.Accepted += outcome.Accepted
		for refusal, count := range outcome.Refused {
			total.Refused[refusal] += count
		}
	}
	return total
}

func sleep(ctx context.Context, wait time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(wait):
	}
}
