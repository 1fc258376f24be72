package kafka

import (
	"context"
	"errors"
	"log/slog"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kmsg"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/settings"
)

// Inquiry asks the brokers about a topic, without reading or writing.
type Inquiry struct {
	client *client
	topic  string
}

// NewInquiry has a client of its own.
func NewInquiry(service settings.Service, log *slog.Logger) (*Inquiry, error) {
	client, err := newClient(service.Kafka, log)
	if err != nil {
		return nil, err
	}
	return &Inquiry{client, service.Topic}, nil
}

// AskForTopic is for cluster.Watch.
func (i *Inquiry) AskForTopic(ctx context.Context) error {
	wanted := kmsg.NewMetadataRequestTopic()
	wanted.Topic = kmsg.StringPtr(i.topic)
	request := kmsg.NewPtrMetadataRequest()
	request.Topics = append(request.Topics, wanted)
	response, err := request.RequestWith(ctx, i.client)
	if err != nil {
		reason := i.client.connections.reason(err)
		return errors.Join(refusal(reason), reason)
	}
	for _, topic := range response.Topics {
		err := kerr.ErrorForCode(topic.ErrorCode)
		if errors.Is(err, kerr.UnknownTopicOrPartition) {
			return cluster.ErrTopicMissing
		}
		if refused := noRights(err, rights{topic: "Describe on topic " + i.topic}); refused != nil {
			return refused
		}
	}
	// Whatever else is wrong with the topic (a leader election) ends by itself.
	return nil
}

// Close lets go of the connections.
func (i *Inquiry) Close() {
	i.client.Close()
}
