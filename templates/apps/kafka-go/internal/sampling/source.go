// Package sampling is the source of everything random in sample events: same seed, same events, on
// any day.
package sampling

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"example.com/platform-app/internal/moment"
)

const (
	meanGapMs = 150
	lateShare = 0.01
)

// Fixed, so that a rerun produces the same times and the consumer sees duplicates.
var epoch = time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)

// Source makes the choices. It isn't safe for concurrent use.
type Source struct {
	random *rand.Rand
	now    time.Time
}

// New makes the source of a seed.
func New(seed uint64) *Source {
	return &Source{random: rand.New(rand.NewPCG(seed, 0)), now: epoch}
}

// EventID is a version 4 UUID.
func (s *Source) EventID() uuid.UUID {
	var id uuid.UUID
	for i := range id {
		id[i] = byte(s.random.Uint32())
	}
	id[6] = id[6]&0x0f | 0x40 // version 4
	id[8] = id[8]&0x3f | 0x80 // RFC 9562
	return id
}

// OccurredAt moves on with every event; now and then one is minutes late, as phones in tunnels are.
func (s *Source) OccurredAt() moment.Moment {
	s.now = s.now.Add(time.Duration(1+int(s.random.ExpFloat64()*meanGapMs)) * time.Millisecond)
	if s.Chance(lateShare) {
		return moment.Moment{Time: s.now.Add(-time.Duration(s.Between(120, 600)) * time.Second)}
	}
	return moment.Moment{Time: s.now}
}

// Skewed is an index below count; a tenth of them gets about half of the draws, as real keys do. Of
// 2000, the first gets a tenth: more, and the events of one key, which go out one after the other,
// would set the pace of all.
func (s *Source) Skewed(count int) int {
	return int(float64(count) * math.Pow(s.random.Float64(), 3.3))
}

// Between is a whole number from low to high, both included.
func (s *Source) Between(low, high int) int {
	return low + s.random.IntN(high-low+1)
}

// Chance is true for that share of the calls.
func (s *Source) Chance(share float64) bool {
	return s.random.Float64() < share
}

// LogNormal is for durations: many are short, a few are very long.
func (s *Source) LogNormal(mu, sigma float64) int64 {
	return int64(math.Exp(mu + sigma*s.random.NormFloat64()))
}

// Reference is an identifier such as order-00a4be9871.
func (s *Source) Reference(prefix string) string {
	return fmt.Sprintf("%s-%010x", prefix, s.random.Uint64N(1<<40))
}

// Pick prefers the first choices.
func Pick[T any](s *Source, choices []T) T {
	return choices[s.Skewed(len(choices))]
}

// Sample is that many of the choices, none of them twice.
func Sample[T any](s *Source, choices []T, count int) []T {
	chosen := make([]T, 0, count)
	for _, index := range s.random.Perm(len(choices))[:count] {
		chosen = append(chosen, choices[index])
	}
	return chosen
}
