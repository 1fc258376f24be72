// Package kafka is the only code that knows the client library, confluent-kafka-go.
package kafka

import (
	"maps"
	"strings"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"example.com/platform-app/internal/settings"
)

// Several of librdkafka's defaults are not those of Kafka's Java client: no idempotence, a CRC32
// partitioner, no check of record checksums. What matters is therefore said, not inherited.

// The broker's default for message.max.bytes, less a little for the batch around the record.
const maxRecordBytes = 1_048_576

// A dead letter is larger than its record, by its headers. The broker decides.
const maxDeadLetterBytes = 10 * maxRecordBytes

func connection(to settings.Kafka) kafka.ConfigMap {
	config := kafka.ConfigMap{
		"bootstrap.servers":       strings.Join(to.Brokers, ","),
		"client.id":               to.ClientID,
		"security.protocol":       protocol(to),
		"socket.keepalive.enable": true,
		// Found again within two seconds after an outage, not within ten.
		"reconnect.backoff.max.ms": 2000,
		// Brokers close idle connections; that is no news.
		"log.connection.close":   false,
		"go.logs.channel.enable": true,
	}
	if to.TLS != nil {
		config["ssl.ca.location"] = to.TLS.CAFile
		// A certificate of another host proves nothing.
		config["ssl.endpoint.identification.algorithm"] = "https"
		if to.TLS.CertificateFile != "" {
			config["ssl.certificate.location"] = to.TLS.CertificateFile
			config["ssl.key.location"] = to.TLS.KeyFile
		}
	}
	switch login := to.Login.(type) {
	case settings.Scram:
		config["sasl.mechanism"] = "SCRAM-SHA-512"
		config["sasl.username"] = login.Username
		config["sasl.password"] = login.Password
	case settings.OAuth:
		// The client asks for a token with an event; see client.refreshToken.
		config["sasl.mechanism"] = "OAUTHBEARER"
	}
	return config
}

func protocol(to settings.Kafka) string {
	switch {
	case to.TLS == nil:
		return "PLAINTEXT"
	case to.Login == nil:
		return "SSL"
	default:
		return "SASL_SSL"
	}
}

// durable: an event counts as sent when all in-sync replicas have it, once and in order.
var durable = kafka.ConfigMap{
	"acks":               "all",
	"enable.idempotence": true,
	// The most for which the broker can still put retried batches in order.
	"max.in.flight.requests.per.connection": 5,
	// murmur2 as in the Java client. librdkafka's own default (CRC32) would put a key on another
	// partition than producers in other languages do, and order per key would be lost.
	"partitioner":      "murmur2_random",
	"compression.type": "lz4",
}

func producing(settings settings.Producer) kafka.ConfigMap {
	return combined(connection(settings.Kafka), durable, kafka.ConfigMap{
		"linger.ms":           5,
		"batch.size":          65536,
		"delivery.timeout.ms": milliseconds(settings.DeliveryTimeout),
		// How long a topic may be unknown before it counts as missing: sooner than the delivery
		// timeout, so that the caller learns which of the two it was.
		"topic.metadata.propagation.max.ms": milliseconds(min(5*time.Second, settings.DeliveryTimeout/2)),
		"message.max.bytes":                 maxRecordBytes,
		// Both bound the memory that a slow cluster can cost us; producer.Sender does so, too.
		"queue.buffering.max.messages": int(settings.MaxInFlight),
		"queue.buffering.max.kbytes":   131_072,
	})
}

// The consumer waits for it and can't poll meanwhile; it tries again after a back-off.
const deadLetterTimeout = 5 * time.Second

func burying(to settings.Kafka) kafka.ConfigMap {
	return combined(connection(to), durable, kafka.ConfigMap{
		"linger.ms":                         0,
		"delivery.timeout.ms":               milliseconds(deadLetterTimeout),
		"topic.metadata.propagation.max.ms": milliseconds(deadLetterTimeout / 2),
		"message.max.bytes":                 maxDeadLetterBytes,
	})
}

// How long an instance that died half-way can hold back readers with read_committed.
const transactionTimeout = 30 * time.Second

func transacting(settings settings.Transformer) kafka.ConfigMap {
	return combined(connection(settings.Kafka), durable, kafka.ConfigMap{
		"transactional.id":       settings.TransactionalID,
		"transaction.timeout.ms": milliseconds(transactionTimeout),
		// Has to fit into a transaction.
		"delivery.timeout.ms": milliseconds(transactionTimeout - 5*time.Second),
		"linger.ms":           5,
		"message.max.bytes":   maxDeadLetterBytes,
	})
}

// A few batches ahead from each broker.
const fetchBytes = 8 << 20

func reading(to settings.Kafka, membership settings.Membership) kafka.ConfigMap {
	config := combined(connection(to), kafka.ConfigMap{
		"group.id": membership.GroupID,
		// A new group starts with what is there; the default would skip it.
		"auto.offset.reset": "earliest",
		"isolation.level":   "read_committed",
		// Offsets follow effects: a commit on a timer could run ahead of the store.
		"enable.auto.commit":       false,
		"enable.auto.offset.store": false,
		// Java checks it by default, librdkafka doesn't.
		"check.crcs": true,
		// Fetch a few batches ahead, within 16 MiB; the default is 100,000 records or 64 MiB.
		"queued.min.messages":        max(1000, 2*membership.MaxPollRecords),
		"queued.max.messages.kbytes": 16_384,
		// One answer may exceed that; the default lets it have 50 MiB.
		"fetch.max.bytes": fetchBytes,
	})
	if membership.Protocol == settings.KIP848 {
		// The broker assigns, and has the say about the session.
		config["group.protocol"] = "consumer"
	} else {
		// Members keep their partitions in a rebalance, except those that move.
		config["partition.assignment.strategy"] = "cooperative-sticky"
		config["session.timeout.ms"] = 45_000
	}
	if membership.InstanceID != "" {
		config["group.instance.id"] = membership.InstanceID
	}
	return config
}

func combined(configs ...kafka.ConfigMap) kafka.ConfigMap {
	all := kafka.ConfigMap{}
	for _, config := range configs {
		maps.Copy(all, config)
	}
	return all
}

func milliseconds(duration time.Duration) int {
	return int(duration.Milliseconds())
}
