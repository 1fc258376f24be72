package moment

import (
	"encoding/json"
	"testing"
	"time"
)

func TestATimeIsWrittenInUTCWithMilliseconds(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	at := Moment{time.Date(2026, 1, 1, 13, 0, 0, 123_999_999, berlin)}
	text, err := json.Marshal(at)
	if err != nil || string(text) != `"2026-01-01T12:00:00.123Z"` {
		t.Errorf("got %s, %v", text, err)
	}
}
