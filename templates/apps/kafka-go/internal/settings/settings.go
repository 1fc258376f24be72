// Package settings is everything that the environment decides. A wrong setting ends the process
// with 2 and its name.
package settings

import (
	"log/slog"
	"strings"
	"time"
)

// Service is what every part of the application has.
type Service struct {
	Name            string
	HTTPHost        string
	HTTPPort        int
	LogLevel        slog.Level
	ShutdownTimeout time.Duration
	Kafka           Kafka
	Topic           string
}

// Settings are those of any service.
type Settings interface {
	Common() Service
}

// Common implements Settings.
func (s Service) Common() Service {
	return s
}

// Producer is for the producer service.
type Producer struct {
	Service
	DeliveryTimeout time.Duration
	MaxInFlight     int64
}

// Membership is how a service reads in a consumer group.
type Membership struct {
	GroupID string
	// Protocol is Classic or KIP848.
	Protocol string
	// InstanceID makes the member a static one; empty for none.
	InstanceID      string
	DeadLetterTopic string
	MaxPollRecords  int
}

// The group protocols.
const (
	Classic = "classic"
	KIP848  = "consumer"
)

// Consumer is for the consumer service.
type Consumer struct {
	Service
	Membership
	CommitInterval time.Duration
	// DatabaseURL may hold a password.
	DatabaseURL string
}

// Transformer is for the transformer service.
type Transformer struct {
	Service
	Membership
	OutputTopic     string
	TransactionalID string
}

// Replay is for the tool that sends dead letters again.
type Replay struct {
	Kafka           Kafka
	Topic           string
	DeadLetterTopic string
	GroupID         string
}

// Error says which settings are missing or wrong, and never their values: those may be secrets.
type Error []string

func (e Error) Error() string {
	return strings.Join(e, "; ")
}

// Environment looks a variable up, as os.Getenv does.
type Environment func(name string) string

// LoadProducer reads the producer's settings.
func LoadProducer(environment Environment) (Producer, error) {
	from := &reader{environment: environment}
	settings := Producer{
		Service:         from.service("producer", 8080),
		DeliveryTimeout: from.milliseconds("KAFKA_DELIVERY_TIMEOUT_MS", 30_000, 100),
		MaxInFlight:     int64(from.number("MAX_IN_FLIGHT", 10_000, 1, 1_000_000)),
	}
	return settings, from.err()
}

// LoadConsumer reads the consumer's settings.
func LoadConsumer(environment Environment) (Consumer, error) {
	from := &reader{environment: environment}
	settings := Consumer{
		Service:        from.service("consumer", 8081),
		Membership:     from.membership(),
		CommitInterval: from.milliseconds("COMMIT_INTERVAL_MS", 1000, 0),
		DatabaseURL:    from.databaseURL("DATABASE_URL", "sqlite:///data/store.db"),
	}
	from.apart("KAFKA_DEAD_LETTER_TOPIC", "KAFKA_TOPIC")
	return settings, from.err()
}

// LoadTransformer reads the transformer's settings.
func LoadTransformer(environment Environment) (Transformer, error) {
	from := &reader{environment: environment}
	settings := Transformer{
		Service:         from.service("transformer", 8082),
		Membership:      from.membership(),
		OutputTopic:     from.required("KAFKA_OUTPUT_TOPIC"),
		TransactionalID: from.required("KAFKA_TRANSACTIONAL_ID"),
	}
	from.apart("KAFKA_DEAD_LETTER_TOPIC", "KAFKA_TOPIC")
	from.apart("KAFKA_OUTPUT_TOPIC", "KAFKA_TOPIC")
	return settings, from.err()
}

// LoadReplay reads the replay tool's settings.
func LoadReplay(environment Environment) (Replay, error) {
	from := &reader{environment: environment}
	settings := Replay{
		Kafka:           from.kafka("replay"),
		Topic:           from.required("KAFKA_TOPIC"),
		DeadLetterTopic: from.required("KAFKA_DEAD_LETTER_TOPIC"),
		GroupID:         from.required("KAFKA_GROUP_ID"),
	}
	from.apart("KAFKA_DEAD_LETTER_TOPIC", "KAFKA_TOPIC")
	return settings, from.err()
}
