package kafka

import (
	"math/rand/v2"

	"github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kfake"
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

// atMost makes the brokers as those with a small max.message.bytes: they look at whole batches.
func atMost(fake *kfake.Cluster, bytes int) {
	fake.ControlKey(int16(kmsg.Produce), func(request kmsg.Request) (kmsg.Response, error, bool) {
		fake.KeepControl()
		produced := request.(*kmsg.ProduceRequest)
		for i := range produced.Topics {
			for j := range produced.Topics[i].Partitions {
				if len(produced.Topics[i].Partitions[j].Records) > bytes {
					return tooLarge(produced), nil, true
				}
			}
		}
		return nil, nil, false
	})
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

// unreadable is the answer to a reader without the right to Read.
func unreadable(request *kmsg.FetchRequest) *kmsg.FetchResponse {
	response := request.ResponseKind().(*kmsg.FetchResponse)
	for _, topic := range request.Topics {
		failed := kmsg.NewFetchResponseTopic()
		failed.Topic, failed.TopicID = topic.Topic, topic.TopicID
		for _, partition := range topic.Partitions {
			one := kmsg.NewFetchResponseTopicPartition()
			one.Partition, one.ErrorCode = partition.Partition, int16(kafka.TopicAuthorizationFailed)
			failed.Partitions = append(failed.Partitions, one)
		}
		response.Topics = append(response.Topics, failed)
	}
	return response
}
