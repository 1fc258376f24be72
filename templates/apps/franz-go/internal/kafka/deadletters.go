package kafka

import (
	"context"
	"log/slog"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// The consumer waits for it and tries again after a back-off.
const deadLetterTimeout = 5 * time.Second

// DeadLetters writes dead letters.
type DeadLetters struct {
	client *client
	topic  string
	group  string
	log    *slog.Logger
}

// NewDeadLetters needs no broker yet.
func NewDeadLetters(service settings.Service, membership settings.Membership, log *slog.Logger) (*DeadLetters, error) {
	client, err := newClient(service.Kafka, log, append(durable(),
		kgo.ProducerLinger(0),
		kgo.RecordDeliveryTimeout(deadLetterTimeout),
		kgo.ProducerBatchMaxBytes(deadLetterBatchBytes),
	)...)
	if err != nil {
		return nil, err
	}
	return &DeadLetters{client, membership.DeadLetterTopic, membership.GroupID, log}, nil
}

// Send returns the letters that were not acknowledged.
func (d *DeadLetters) Send(ctx context.Context, letters []record.DeadLetter) ([]record.DeadLetter, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*deadLetterTimeout)
	defer cancel()
	out := make([]record.Outgoing, len(letters))
	for i, letter := range letters {
		out[i] = letter.Outgoing(d.topic, d.group)
	}
	var left []record.DeadLetter
	for i, err := range d.client.writeAll(ctx, out) {
		if err == nil {
			continue
		}
		if refused := unwritable(err, d.topic); refused != nil {
			return letters, refused
		}
		d.log.Error("Dead letter not written: "+err.Error(), letters[i].Record.Where()...)
		left = append(left, letters[i])
	}
	return left, nil
}

// Close lets go of the connections.
func (d *DeadLetters) Close() {
	d.client.Close()
}
