// Package backoff says how long to wait before the next try.
package backoff

import (
	"math/rand/v2"
	"time"
)

const (
	first   = 100 * time.Millisecond
	longest = 10 * time.Second
)

// Delay doubles with each attempt. Full jitter above the floor: consumers don't return in step.
func Delay(attempt int) time.Duration {
	ceiling := min(longest, first<<min(attempt, 10))
	return first + rand.N(ceiling-first)
}
