// Package kafka is the only code that knows the client library, franz-go.
package kafka

import (
	"context"
	"crypto/tls"
	"log/slog"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/oauth"
	"github.com/twmb/franz-go/pkg/sasl/scram"

	"example.com/platform-app/internal/settings"
	"example.com/platform-app/internal/token"
)

// client is a connection to the cluster that remembers why it can't be reached.
type client struct {
	*kgo.Client
	connections *connections
}

func newClient(kafka settings.Kafka, log *slog.Logger, options ...kgo.Opt) (*client, error) {
	connections := &connections{}
	options = append(options, connection(kafka)...)
	options = append(options, kgo.WithLogger(clientLog{log}), kgo.WithHooks(connections))
	made, err := kgo.NewClient(options...)
	if err != nil {
		return nil, settings.Error{err.Error()}
	}
	return &client{made, connections}, nil
}

func connection(kafka settings.Kafka) []kgo.Opt {
	options := []kgo.Opt{
		kgo.SeedBrokers(kafka.Brokers...),
		kgo.ClientID(kafka.ClientID),
		kgo.DialTimeout(5 * time.Second),
		// Found again within two seconds after an outage, not within five.
		kgo.RetryBackoffFn(func(tries int) time.Duration { return min(2*time.Second, 100*time.Millisecond<<min(tries, 5)) }),
		// How soon a new leader is asked for after an error. The default is five seconds.
		kgo.MetadataMinAge(500 * time.Millisecond),
		// We have metrics of our own.
		kgo.DisableClientMetrics(),
	}
	if kafka.TLS != nil {
		// The host name is verified: franz-go sets it for each broker, and Go always checks it.
		options = append(options, kgo.DialTLSConfig(&tls.Config{
			RootCAs: kafka.TLS.CAs, Certificates: kafka.TLS.Certificates, MinVersion: tls.VersionTLS12,
		}))
	}
	switch login := kafka.Login.(type) {
	case settings.Scram:
		options = append(options, kgo.SASL(scram.Auth{User: login.Username, Pass: login.Password}.AsSha512Mechanism()))
	case settings.OAuth:
		source := token.NewSource(login, *kafka.TLS)
		options = append(options, kgo.SASL(oauth.Oauth(func(context.Context) (oauth.Auth, error) {
			token, err := source.Token()
			if err != nil {
				return oauth.Auth{}, err
			}
			return oauth.Auth{Token: token.AccessToken}, nil
		})))
	}
	return options
}
