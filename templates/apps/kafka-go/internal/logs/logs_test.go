package logs

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"regexp"
	"strings"
	"testing"
)

func TestALineHasTheContractsNames(t *testing.T) {
	var out bytes.Buffer
	New(&out, "consumer", slog.LevelInfo).Warn("Dead letter.", "topic", "events", slog.Group("kafka", "level", 3))
	var line struct {
		Timestamp, Level, Service, Message, Topic string
		Kafka                                     struct{ Level int }
	}
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	iso := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`)
	if !iso.MatchString(line.Timestamp) || line.Level != "warning" || line.Service != "consumer" ||
		line.Message != "Dead letter." || line.Topic != "events" || line.Kafka.Level != 3 {
		t.Error(out.String())
	}
}

func TestLevelsBelowTheWantedOneAreLeftOut(t *testing.T) {
	var out bytes.Buffer
	log := New(&out, "consumer", slog.LevelError)
	log.Info("unheard")
	log.Error("heard")
	if strings.Contains(out.String(), "unheard") || !strings.Contains(out.String(), `"level":"error"`) {
		t.Error(out.String())
	}
}
