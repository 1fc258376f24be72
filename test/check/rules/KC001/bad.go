package billing

import "github.com/confluentinc/confluent-kafka-go/v2/kafka"

func read(servers string, handle func(*kafka.Message)) error {
	consumer, err := kafka.NewConsumer(&kafka.ConfigMap{
		"bootstrap.servers": servers,
		"group.id":          "billing",
		// expect KC001
		"enable.auto.commit": true,
	})
	if err != nil {
		return err
	}
	for {
		message, err := consumer.ReadMessage(-1)
		if err != nil {
			return err
		}
		handle(message)
	}
}
