package settings

import (
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/platform-app/internal/database"
)

var levels = map[string]slog.Level{
	"debug": slog.LevelDebug, "info": slog.LevelInfo, "warning": slog.LevelWarn, "error": slog.LevelError,
}

// reader collects what is wrong, so that all of it is told at once. An empty variable counts as
// none: that is how Compose passes an unset one on.
type reader struct {
	environment Environment
	faults      Error
}

func (r *reader) err() error {
	if len(r.faults) > 0 {
		return r.faults
	}
	return nil
}

func (r *reader) fault(name, what string) {
	r.faults = append(r.faults, name+" "+what)
}

func (r *reader) service(name string, port int) Service {
	name = r.text("SERVICE_NAME", name)
	return Service{
		Name:            name,
		HTTPHost:        r.text("HTTP_HOST", "127.0.0.1"),
		HTTPPort:        r.number("HTTP_PORT", port, 1, 65535),
		LogLevel:        levels[r.oneOf("LOG_LEVEL", "info", "debug", "warning", "error")],
		ShutdownTimeout: r.milliseconds("SHUTDOWN_TIMEOUT_MS", 10_000, 100),
		Kafka:           r.kafka(name),
		Topic:           r.required("KAFKA_TOPIC"),
	}
}

func (r *reader) membership() Membership {
	return Membership{
		GroupID:         r.required("KAFKA_GROUP_ID"),
		Protocol:        r.oneOf("KAFKA_GROUP_PROTOCOL", Classic, KIP848),
		InstanceID:      r.environment("KAFKA_GROUP_INSTANCE_ID"),
		DeadLetterTopic: r.required("KAFKA_DEAD_LETTER_TOPIC"),
		MaxPollRecords:  r.number("MAX_POLL_RECORDS", 500, 1, 100_000),
	}
}

func (r *reader) text(name, standard string) string {
	if value := r.environment(name); value != "" {
		return value
	}
	return standard
}

func (r *reader) required(name string) string {
	value := strings.TrimSpace(r.environment(name))
	if value == "" {
		r.fault(name, "is required")
	}
	return value
}

// oneOf falls back on the first choice.
func (r *reader) oneOf(name string, choices ...string) string {
	value := r.text(name, choices[0])
	if !slices.Contains(choices, value) {
		r.fault(name, "must be one of "+strings.Join(choices, ", "))
	}
	return value
}

func (r *reader) number(name string, standard, low, high int) int {
	number, err := strconv.Atoi(r.text(name, strconv.Itoa(standard)))
	if err != nil || number < low || number > high {
		r.fault(name, fmt.Sprintf("must be a whole number from %d to %d", low, high))
	}
	return number
}

func (r *reader) milliseconds(name string, standard, low int) time.Duration {
	return time.Duration(r.number(name, standard, low, 3_600_000)) * time.Millisecond
}

func (r *reader) databaseURL(name, standard string) string {
	url := r.text(name, standard)
	// Without the reason, which would quote the address.
	if database.Check(url) != nil {
		r.fault(name, "must be sqlite:///path or postgresql://user:password@host:port/database")
	}
	return url
}

// apart keeps a service from reading what it writes: that would never end.
func (r *reader) apart(name, other string) {
	value := strings.TrimSpace(r.environment(name))
	if value != "" && value == strings.TrimSpace(r.environment(other)) {
		r.fault(name, "must not be "+other)
	}
}
