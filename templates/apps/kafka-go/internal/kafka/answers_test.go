package kafka

import (
	"math/rand/v2"

	"github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// noise can't be compressed.
func noise(length int) []byte {
	bytes := make([]byte, length)
	for i := range bytes {
		bytes[i] = byte(rand.Uint32())
	}
	return bytes
}

func tooLarge(request *kmsg.ProduceRequest) *kmsg.ProduceResponse {
	return failing(request, int16(kafka.MessageSizeTooLarge))
}

// failing is the answer that no partition took its batch.
func failing(request *kmsg.ProduceRequest, code int16) *kmsg.ProduceResponse {
	response := request.ResponseKind().(*kmsg.ProduceResponse)
	for _, topic := range request.Topics {
		failed := kmsg.NewProduceResponseTopic()
		failed.Topic, failed.TopicID = topic.Topic, topic.TopicID
		for _, partition := range topic.Partitions {
			one := kmsg.NewProduceResponseTopicPartition()
			one.Partition, one.ErrorCode = partition.Partition, code
			failed.Partitions = append(failed.Partitions, one)
		}
		response.Topics = append(response.Topics, failed)
	}
	return response
}
