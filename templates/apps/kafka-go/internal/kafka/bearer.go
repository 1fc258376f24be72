package kafka

import (
	"context"
	"fmt"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/sasl"

	"example.com/platform-app/internal/token"
)

// bearer is SASL's OAUTHBEARER (RFC 7628), which kafka-go doesn't bring along.
type bearer struct {
	tokens *token.Source
}

// Name implements sasl.Mechanism.
func (bearer) Name() string {
	return "OAUTHBEARER"
}

// Start implements sasl.Mechanism.
func (b bearer) Start(context.Context) (sasl.StateMachine, []byte, error) {
	fresh, err := b.tokens.Token()
	if err != nil {
		return nil, nil, err
	}
	return bearer{}, fmt.Appendf(nil, "n,,\x01auth=Bearer %s\x01\x01", fresh.AccessToken), nil
}

// Next implements sasl.StateMachine: an empty answer is a yes, any other says what is wrong.
func (bearer) Next(_ context.Context, answer []byte) (done bool, response []byte, err error) {
	if len(answer) > 0 {
		return false, nil, kafka.SASLAuthenticationFailed
	}
	return true, nil, nil
}
