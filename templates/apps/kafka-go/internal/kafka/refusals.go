package kafka

import (
	"crypto/tls"
	"errors"
	"net"
	"strings"

	"github.com/segmentio/kafka-go"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/settings"
)

// unsupported names what this client can't do, rather than doing something else without a word.
func unsupported(membership settings.Membership) error {
	var wrong settings.Error
	if membership.Protocol != settings.Classic {
		wrong = append(wrong, "KAFKA_GROUP_PROTOCOL must be classic: kafka-go has no KIP-848")
	}
	if membership.InstanceID != "" {
		wrong = append(wrong, "KAFKA_GROUP_INSTANCE_ID must not be set: kafka-go has no static membership")
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// refusal recognises credentials and certificates that were not accepted, on either side.
func refusal(err error) error {
	if refused, ok := errors.AsType[*cluster.Refused](err); ok {
		return refused
	}
	for _, code := range []kafka.Error{kafka.SASLAuthenticationFailed, kafka.UnsupportedSASLMechanism, kafka.IllegalSASLState} {
		if errors.Is(err, code) {
			return &cluster.Refused{Reason: "the credentials are not accepted (" + code.Title() + ")"}
		}
	}
	if invalid, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return &cluster.Refused{Reason: "the broker's certificate is not accepted: " + invalid.Err.Error()}
	}
	// What the other side says about our certificate.
	if remote, ok := errors.AsType[*net.OpError](err); ok && remote.Op == "remote error" && strings.Contains(remote.Error(), "certificate") {
		return &cluster.Refused{Reason: "our certificate is not accepted: " + remote.Err.Error()}
	}
	return nil
}

// rights are what a request needs, in the words of kafka-acls.
type rights struct {
	topic string
	group string
}

// noRights recognises a missing ACL, and names it.
func noRights(err error, needed rights) error {
	for _, one := range []struct {
		code  kafka.Error
		right string
	}{
		{kafka.TopicAuthorizationFailed, needed.topic},
		{kafka.GroupAuthorizationFailed, needed.group},
		{kafka.ClusterAuthorizationFailed, "the cluster"},
	} {
		if errors.Is(err, one.code) {
			return &cluster.Refused{Reason: "no right to " + one.right + " (" + one.code.Title() + ")", MissingRight: true}
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

func isAny(err error, targets ...error) bool {
	for _, target := range targets {
		if errors.Is(err, target) {
			return true
		}
	}
	return false
}
