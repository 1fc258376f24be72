package events

import "github.com/twmb/franz-go/pkg/kgo"

func client(brokers []string) (*kgo.Client, error) {
	return kgo.NewClient(
		kgo.SeedBrokers(brokers...),
		// expect KP003
		kgo.DisableIdempotentWrite(),
	)
}
