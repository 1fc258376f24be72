package stock

import (
	"context"
	"os"

	ck "github.com/confluentinc/confluent-kafka-go/v2/kafka"
	"github.com/IBM/sarama"
	"github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kgo"
)

type Stock struct {
	writer *kafka.Writer
	client *kgo.Client
}

func New(brokers []string) (*Stock, error) {
	client, err := kgo.NewClient(
		kgo.SeedBrokers(brokers...),
		kgo.ConsumerGroup("stock"),
		kgo.ConsumeTopics(stockTopic, "shop.returns"),
		kgo.RequiredAcks(kgo.LeaderAck()),
		kgo.DisableIdempotentWrite(),
		kgo.DisableAutoCommit(),
	)
	if err != nil {
		return nil, err
	}
	return &Stock{
		writer: &kafka.Writer{Addr: kafka.TCP("kafka-1:9092"), Topic: stockTopic, Balancer: &kafka.Hash{}},
		client: client,
	}, nil
}

func (s *Stock) Put(ctx context.Context, items []string) error {
	for _, item := range items {
		if err := s.writer.WriteMessages(ctx, kafka.Message{Key: []byte(item), Value: []byte("1")}); err != nil {
			return err
		}
	}
	s.client.Produce(ctx, &kgo.Record{Topic: "shop.moves"}, nil)
	return nil
}

func old() {
	writer := kafka.NewWriter(kafka.WriterConfig{Brokers: []string{"kafka-1:9092"}, Topic: "shop.old"})
	defer writer.Close()
	reader := kafka.NewReader(kafka.ReaderConfig{
		Brokers: []string{"kafka-1:9092"},
		GroupID: "stock-old",
		Topic:   "shop.old",
	})
	defer reader.Close()
}

func confluent() error {
	topic := "shop.prices"
	producer, err := ck.NewProducer(&ck.ConfigMap{
		"bootstrap.servers":  os.Getenv("KAFKA"),
		"acks":               1,
		"enable.idempotence": false,
	})
	if err != nil {
		return err
	}
	defer producer.Close()
	return producer.Produce(&ck.Message{
		TopicPartition: ck.TopicPartition{Topic: &topic, Partition: ck.PartitionAny},
		Value:          []byte("x"),
	}, nil)
}

func saramas(brokers []string) error {
	config := sarama.NewConfig()
	config.Producer.RequiredAcks = sarama.NoResponse
	config.Net.MaxOpenRequests = 1
	producer, err := sarama.NewSyncProducer(brokers, config)
	if err != nil {
		return err
	}
	_, _, err = producer.SendMessage(&sarama.ProducerMessage{Topic: "shop.alerts", Key: sarama.StringEncoder("a")})
	return err
}
