package producer

import (
	"net/http"

	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/web"
)

// rejection is the answer to a failed send, and the label it is counted with. The kinds are the
// contract with the callers.
type rejection struct {
	problem web.Problem
	metric  string
}

var rejections = map[delivery.Reason]rejection{
	delivery.TooLarge: {web.Problem{
		Status: http.StatusRequestEntityTooLarge, Kind: "record_too_large",
		Message: "The event is larger than the topic accepts.",
	}, "too_large"},
	delivery.Unauthorised: {web.Problem{
		Status: http.StatusForbidden, Kind: "not_authorised",
		Message: "This service may not write to the topic.",
	}, "unauthorised"},
	delivery.UnknownTopic: {web.Problem{
		Status: http.StatusNotFound, Kind: "unknown_topic", Message: "The topic does not exist.",
	}, "unknown_topic"},
	delivery.QueueFull: {web.Problem{
		Status: http.StatusServiceUnavailable, Kind: "queue_full",
		Message: "Too many events wait for acknowledgement.", RetryAfter: 1,
	}, "queue_full"},
	// The event may have been written all the same. Sending it again with its event id is safe: the
	// consumer applies an id once.
	delivery.NotAcknowledged: {web.Problem{
		Status: http.StatusServiceUnavailable, Kind: "not_delivered",
		Message: "No acknowledgement within the delivery timeout.", RetryAfter: 5,
	}, "timeout"},
}
