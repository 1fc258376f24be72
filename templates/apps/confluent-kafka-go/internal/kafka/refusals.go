package kafka

import (
	"errors"
	"slices"
	"strings"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/delivery"
)

// refusal recognises credentials and certificates that were not accepted, on either side.
func refusal(err kafka.Error) error {
	if err.Code() == kafka.ErrAuthentication {
		return &cluster.Refused{Reason: "the credentials are not accepted: " + brief(err)}
	}
	// A port that is open before its broker is (Docker's proxy) also breaks the handshake.
	if err.Code() == kafka.ErrSsl && strings.Contains(strings.ToLower(err.String()), "certificate") {
		return &cluster.Refused{Reason: "a certificate is not accepted: " + brief(err)}
	}
	return nil
}

// rights are what a request needs, in the words of kafka-acls.
type rights struct {
	topic           string
	group           string
	transactionalID string
}

// noRights recognises a missing ACL, and names it.
func noRights(err error, needed rights) error {
	for code, right := range map[kafka.ErrorCode]string{
		kafka.ErrTopicAuthorizationFailed:           needed.topic,
		kafka.ErrGroupAuthorizationFailed:           needed.group,
		kafka.ErrTransactionalIDAuthorizationFailed: needed.transactionalID,
		kafka.ErrClusterAuthorizationFailed:         "IdempotentWrite on the cluster",
	} {
		if isAny(err, code) {
			return &cluster.Refused{Reason: "no right to " + right + " (" + err.Error() + ")", MissingRight: true}
		}
	}
	return nil
}

// unwritable recognises what no further try mends.
func unwritable(err error, topic string) error {
	switch failureOf(err).Reason {
	case delivery.Unauthorised:
		return noRights(err, rights{topic: "Write on topic " + topic})
	case delivery.UnknownTopic:
		return &cluster.Refused{Reason: "topic " + topic + " does not exist"}
	case delivery.TooLarge:
		return &cluster.Refused{Reason: "a record is larger than topic " + topic + " takes (max.message.bytes)"}
	default:
		return nil
	}
}

func isAny(err error, codes ...kafka.ErrorCode) bool {
	failure, ok := errors.AsType[kafka.Error](err)
	return ok && slices.Contains(codes, failure.Code())
}

// brief is the first sentence; librdkafka adds hints and how often it was tried.
func brief(err kafka.Error) string {
	sentence, _, _ := strings.Cut(err.String(), " (")
	return sentence
}
