package kafka

import (
	"errors"
	"slices"
	"strings"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"example.com/platform-app/internal/cluster"
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

// noRights recognises a missing ACL; what is the topic or the group it is about.
func noRights(err error, what string) error {
	rights := []kafka.ErrorCode{
		kafka.ErrTopicAuthorizationFailed, kafka.ErrGroupAuthorizationFailed,
		kafka.ErrClusterAuthorizationFailed, kafka.ErrTransactionalIDAuthorizationFailed,
	}
	if isAny(err, rights...) {
		return &cluster.Refused{Reason: "no rights for " + what + " (" + err.Error() + ")"}
	}
	return nil
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
