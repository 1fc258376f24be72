package events

import "github.com/segmentio/kafka-go"

func newWriters(addresses []string, acks kafka.RequiredAcks) []*kafka.Writer {
	return []*kafka.Writer{
		{Addr: kafka.TCP(addresses...), RequiredAcks: kafka.RequireAll},
		&kafka.Writer{Addr: kafka.TCP(addresses...), RequiredAcks: kafka.RequireAll},
		&kafka.Writer{Addr: kafka.TCP(addresses...), RequiredAcks: acks},
		// NewWriter takes a zero for what was not set, and waits for all.
		kafka.NewWriter(kafka.WriterConfig{Brokers: addresses}),
	}
}
