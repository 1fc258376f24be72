package events

import "github.com/confluentinc/confluent-kafka-go/v2/kafka"

type Events struct {
	producer *kafka.Producer
}

func New(servers string) (*Events, error) {
	// expect KP006
	producer, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": servers})
	if err != nil {
		return nil, err
	}
	return &Events{producer: producer}, nil
}
