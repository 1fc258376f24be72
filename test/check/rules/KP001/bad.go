package events

import "github.com/segmentio/kafka-go"

func newWriter(addresses ...string) *kafka.Writer {
	// A zero value of kafka-go waits for nobody.
	// expect KP001
	return &kafka.Writer{
		Addr:     kafka.TCP(addresses...),
		Topic:    "events",
		Balancer: &kafka.Hash{},
	}
}
