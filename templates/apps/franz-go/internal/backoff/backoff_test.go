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
	if Delay(50) == Delay(50) && Delay(50) == Delay(50) {
		t.Error("there is no jitter")
	}
}
