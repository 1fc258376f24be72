// Package kafka is the only code that knows the client library, kafka-go.
package kafka

import (
	"context"
	"crypto/tls"
	"errors"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/sasl"
	"github.com/segmentio/kafka-go/sasl/scram"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/settings"
	"example.com/platform-app/internal/token"
)

const dialTimeout = 5 * time.Second

// client asks brokers over connections that its requests share.
type client struct {
	*kafka.Client
	topic     string
	transport *kafka.Transport
	mechanism sasl.Mechanism
	close     context.CancelFunc
}

func newClient(to settings.Kafka, topics ...string) (*client, error) {
	mechanism, err := mechanismOf(to)
	if err != nil {
		return nil, settings.Error{err.Error()}
	}
	open, closeAll := context.WithCancel(context.Background())
	transport := &kafka.Transport{
		ClientID:    to.ClientID,
		DialTimeout: dialTimeout,
		TLS:         security(to.TLS),
		SASL:        mechanism,
		// kafka-go asks for a new leader on a timer only, never after an error.
		MetadataTTL:    2 * time.Second,
		MetadataTopics: topics,
		Context:        open,
	}
	return &client{
		Client: &kafka.Client{Addr: kafka.TCP(to.Brokers...), Transport: transport},
		topic:  topics[0], transport: transport, mechanism: mechanism, close: closeAll,
	}, nil
}

// AskForTopic is for cluster.Watch.
func (c *client) AskForTopic(ctx context.Context) error {
	partitions, err := c.partitions(ctx, c.topic)
	if err == nil && len(partitions) == 0 {
		return cluster.ErrTopicMissing
	}
	return err
}

// partitions of a topic; none if it doesn't exist.
func (c *client) partitions(ctx context.Context, topic string) ([]int32, error) {
	// Metadata comes from a cache that outlives the brokers. This question doesn't.
	if _, err := c.ApiVersions(ctx, &kafka.ApiVersionsRequest{}); err != nil {
		return nil, errors.Join(refusal(err), err)
	}
	answer, err := c.Metadata(ctx, &kafka.MetadataRequest{Topics: []string{topic}})
	if err != nil {
		return nil, errors.Join(refusal(err), err)
	}
	var numbers []int32
	for _, found := range answer.Topics {
		if refused := noRights(found.Error, rights{topic: "Describe on topic " + topic}); refused != nil {
			return nil, refused
		}
		for _, partition := range found.Partitions {
			numbers = append(numbers, int32(partition.ID))
		}
	}
	return numbers, nil
}

// Close lets go of the connections.
func (c *client) Close() {
	c.close()
	c.transport.CloseIdleConnections()
}

// security: the host name is verified, since kafka-go sets it for each broker and Go always checks it.
func security(of *settings.TLS) *tls.Config {
	if of == nil {
		return nil
	}
	return &tls.Config{RootCAs: of.CAs, Certificates: of.Certificates, MinVersion: tls.VersionTLS12}
}

func mechanismOf(to settings.Kafka) (sasl.Mechanism, error) {
	switch login := to.Login.(type) {
	case settings.Scram:
		return scram.Mechanism(scram.SHA512, login.Username, login.Password)
	case settings.OAuth:
		return bearer{token.NewSource(login, *to.TLS)}, nil
	default:
		return nil, nil
	}
}
