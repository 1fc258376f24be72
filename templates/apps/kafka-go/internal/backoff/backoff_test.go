package backoff

import (
	"testing"
	"time"
)

func TestTheDelayGrowsWithJitterFromATenthToTenSeconds(t *testing.T) {
	for attempt := 1; attempt < 100; attempt++ {
		got := Delay(attempt)
		if most := min(10*time.Second, 100*time.Millisecond<<min(attempt, 10)); got < 100*time.Millisecond || got > most {
			t.Errorf("attempt %d: %v", attempt, got)
		}
	}
	different := map[time.Duration]bool{}
	for range 10 {
		different[Delay(50)] = true
	}
	if len(different) < 2 {
		t.Error("there is no jitter")
	}
}
