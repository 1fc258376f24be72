package kafka

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/settings"
	"example.com/platform-app/internal/token"
)

// client is what all uses of librdkafka have in common: what it reports apart from records, and the
// question for the topic.
type client struct {
	handle handle
	topic  string
	login  settings.OAuth
	tokens *token.Source
	log    *slog.Logger

	mutex   sync.Mutex
	refused error
}

// handle is a kafka.Producer or a kafka.Consumer.
type handle interface {
	GetMetadata(topic *string, allTopics bool, timeoutMs int) (*kafka.Metadata, error)
	SetOAuthBearerToken(token kafka.OAuthBearerToken) error
	SetOAuthBearerTokenFailure(reason string) error
	Logs() chan kafka.LogEvent
}

func newClient(handle handle, to settings.Kafka, topic string, log *slog.Logger) *client {
	made := &client{handle: handle, topic: topic, log: log}
	if login, ok := to.Login.(settings.OAuth); ok {
		made.login, made.tokens = login, token.NewSource(login, *to.TLS)
	}
	go made.readLog()
	return made
}

// AskForTopic is for cluster.Watch.
func (c *client) AskForTopic(ctx context.Context) error {
	metadata, err := c.handle.GetMetadata(&c.topic, false, patience(ctx))
	if err != nil {
		return errors.Join(c.refusal(), err)
	}
	found := metadata.Topics[c.topic].Error
	if isAny(found, kafka.ErrUnknownTopicOrPart, kafka.ErrUnknownTopic) {
		return cluster.ErrTopicMissing
	}
	// Whatever else is wrong with the topic (a leader election) ends by itself.
	return noRights(found, rights{topic: "Describe on topic " + c.topic})
}

// hear takes what librdkafka reports beside records and deliveries.
func (c *client) hear(event kafka.Event) {
	switch event := event.(type) {
	case kafka.OAuthBearerTokenRefresh:
		c.refreshToken()
	case kafka.Error:
		if refused := refusal(event); refused != nil {
			c.refuse(refused)
			return
		}
		// Failed connections are reported for each attempt; cluster.Watch says it once.
		level := slog.LevelWarn
		if isAny(event, kafka.ErrTransport, kafka.ErrResolve, kafka.ErrAllBrokersDown, kafka.ErrTimedOut) {
			level = slog.LevelDebug
		}
		c.log.Log(context.Background(), level, "Kafka: "+event.Error(), "errorClass", event.Code().String())
	}
}

func (c *client) refreshToken() {
	fresh, err := c.tokens.Token()
	if err == nil {
		err = c.handle.SetOAuthBearerToken(kafka.OAuthBearerToken{
			TokenValue: fresh.AccessToken, Expiration: fresh.Expiry, Principal: c.login.ClientID,
		})
	}
	if err == nil {
		return
	}
	if refused, ok := errors.AsType[*cluster.Refused](err); ok {
		c.refuse(refused)
	}
	// Makes the client ask again, later.
	_ = c.handle.SetOAuthBearerTokenFailure(err.Error())
}

func (c *client) refuse(err error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.refused = err
}

// refusal is the last one that was reported; the next question may be answered better.
func (c *client) refusal() error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	refused := c.refused
	c.refused = nil
	return refused
}

// readLog brings the client's own lines into the service's log, until the client is closed.
func (c *client) readLog() {
	for line := range c.handle.Logs() {
		level := slog.LevelDebug
		// Failed connections would be twenty lines a second, and are reported as errors as well.
		const warning = 4
		if line.Level <= warning && line.Tag != "FAIL" && !strings.HasPrefix(line.Tag, "FATAL") {
			level = slog.LevelWarn
		}
		c.log.Log(context.Background(), level, "librdkafka: "+line.Message, "tag", line.Tag)
	}
}

// patience is how long a call may take that knows no context.
func patience(ctx context.Context) int {
	left := 2 * time.Second
	if deadline, ok := ctx.Deadline(); ok {
		left = min(left, time.Until(deadline))
	}
	return max(1, milliseconds(left))
}
