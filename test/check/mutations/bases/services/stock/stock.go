package stock

import (
	"context"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
)

const topic = "stock"

func read(ctx context.Context, servers string, handle func(*kafka.Message)) error {
	consumer, err := kafka.NewConsumer(&kafka.ConfigMap{
		"bootstrap.servers":  servers,
		"group.id":           "stock",
		"enable.auto.commit": false,
		"session.timeout.ms": 45000,
	})
	if err != nil {
		return err
	}
	if err := consumer.SubscribeTopics([]string{"orders", topic}, nil); err != nil {
		return err
	}
	for ctx.Err() == nil {
		message, err := consumer.ReadMessage(-1)
		if err != nil {
			return err
		}
		handle(message)
		if _, err := consumer.CommitMessage(message); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func writer(servers string) (*kafka.Producer, error) {
	return kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":  servers,
		"acks":               "all",
		"enable.idempotence": true,
		"partitioner":        "murmur2_random",
	})
}
