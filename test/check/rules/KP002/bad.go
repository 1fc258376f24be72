package events

import "github.com/IBM/sarama"

func producer(brokers []string) (sarama.SyncProducer, error) {
	config := sarama.NewConfig()
	config.Producer.Return.Successes = true
	// expect KP002
	return sarama.NewSyncProducer(brokers, config)
}
