package kafka

import (
	"context"
	"log/slog"

	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// DeadLetters writes dead letters.
type DeadLetters struct {
	*writer
	group string
}

// NewDeadLetters needs no broker yet.
func NewDeadLetters(service settings.Service, membership settings.Membership, log *slog.Logger) (*DeadLetters, error) {
	writer, err := newWriter(burying(service.Kafka), service.Kafka, membership.DeadLetterTopic, log)
	if err != nil {
		return nil, err
	}
	return &DeadLetters{writer, membership.GroupID}, nil
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
	for i, err := range d.produceAll(ctx, out) {
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
	d.producer.Close()
}
