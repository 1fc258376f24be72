package kafka

import (
	"context"
	"log/slog"
	"time"

	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/settings"
)

// The consumer waits for it and tries again after a back-off.
const deadLetterTimeout = 5 * time.Second

// A linger of its own for each batch would only be a wait.
const noLinger = time.Millisecond

// DeadLetters writes dead letters.
type DeadLetters struct {
	writer *writer
	topic  string
	group  string
	log    *slog.Logger
}

// NewDeadLetters needs no broker yet.
func NewDeadLetters(service settings.Service, membership settings.Membership, log *slog.Logger) (*DeadLetters, error) {
	client, err := newClient(service.Kafka, membership.DeadLetterTopic)
	if err != nil {
		return nil, err
	}
	writer := newWriter(client, deadLetterTimeout, noLinger, deadLetterBatchBytes, log)
	return &DeadLetters{writer, membership.DeadLetterTopic, membership.GroupID, log}, nil
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
	for i, err := range d.writer.produceAll(ctx, out) {
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

// Close lets go of the connections; what is in flight has been waited for.
func (d *DeadLetters) Close() {
	d.writer.abandon()
	d.writer.client.Close()
}
