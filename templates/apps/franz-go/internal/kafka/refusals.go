package kafka

import (
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/delivery"
)

// connections remembers how the last attempt to connect ended: requests that wait for a connection
// fail with a time-out, which says nothing.
type connections struct {
	mutex sync.Mutex
	last  error
}

var _ kgo.HookBrokerConnect = (*connections)(nil)

// OnBrokerConnect implements kgo.HookBrokerConnect; it comes after TLS and SASL.
func (c *connections) OnBrokerConnect(_ kgo.BrokerMetadata, _ time.Duration, _ net.Conn, err error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.last = err
}

func (c *connections) reason(err error) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.last != nil {
		return c.last
	}
	return err
}

// refusal recognises credentials and certificates that were not accepted, on either side.
func refusal(err error) error {
	if refused, ok := errors.AsType[*cluster.Refused](err); ok {
		return refused
	}
	for _, code := range []*kerr.Error{kerr.SaslAuthenticationFailed, kerr.UnsupportedSaslMechanism, kerr.IllegalSaslState} {
		if errors.Is(err, code) {
			return &cluster.Refused{Reason: "the credentials are not accepted (" + code.Message + ")"}
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
	topic           string
	group           string
	transactionalID string
}

// noRights recognises a missing ACL, and names it.
func noRights(err error, needed rights) error {
	for _, one := range []struct {
		code  *kerr.Error
		right string
	}{
		{kerr.TopicAuthorizationFailed, needed.topic},
		{kerr.GroupAuthorizationFailed, needed.group},
		{kerr.TransactionalIDAuthorizationFailed, needed.transactionalID},
		{kerr.ClusterAuthorizationFailed, "IdempotentWrite on the cluster"},
	} {
		if errors.Is(err, one.code) {
			return &cluster.Refused{Reason: "no right to " + one.right + " (" + one.code.Message + ")", MissingRight: true}
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
