// Package producer accepts events over HTTP and answers once the brokers have them.
package producer

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"

	"example.com/platform-app/internal/delivery"
	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/metrics"
	"example.com/platform-app/internal/record"
	"example.com/platform-app/internal/web"
)

// The broker's default for message.max.bytes, less a little for the batch around the record.
const maxRecordBytes = 1_000_000

type api struct {
	domain       event.Domain
	topic        string
	topicMissing func() bool
	send         func(record.Outgoing) (delivery.Delivery, *delivery.Failure)
	metrics      *metrics.Producer
	log          *slog.Logger
}

type accepted struct {
	EventID string `json:"eventId"`
	delivery.Delivery
}

// accept is POST /events.
func (a *api) accept(w http.ResponseWriter, r *http.Request) {
	value, err := body(r)
	if tooLarge, ok := errors.AsType[*delivery.Failure](err); ok {
		a.reject(w, r, nil, tooLarge)
		return
	}
	if err != nil {
		web.Refuse(w, r, web.Problem{
			Status: http.StatusBadRequest, Kind: "client_disconnected",
			Message: "The request ended early.", Details: []string{},
		})
		return
	}
	received, err := a.domain.Decode(value)
	if err != nil {
		a.metrics.Rejected.WithLabelValues("invalid").Inc()
		web.Refuse(w, r, invalid(err))
		return
	}
	if a.topicMissing() {
		a.reject(w, r, received, &delivery.Failure{Reason: delivery.UnknownTopic, Detail: "the topic does not exist"})
		return
	}
	delivered, failure := a.send(record.Outgoing{
		Topic: a.topic,
		Key:   []byte(received.Key()),
		// The bytes as they came: fields that we don't know yet reach those who do.
		Value:   value,
		Headers: headers(received, r),
	})
	if failure != nil {
		a.reject(w, r, received, failure)
		return
	}
	a.metrics.Produced.WithLabelValues(delivered.Topic).Inc()
	answer := accepted{received.Common().EventID.String(), delivered}
	a.log.Debug("Event accepted.", "correlationId", web.CorrelationID(r.Context()), "eventId", answer.EventID,
		"topic", answer.Topic, "partition", answer.Partition, "offset", answer.Offset)
	web.Answer(w, http.StatusAccepted, answer)
}

func (a *api) reject(w http.ResponseWriter, r *http.Request, received event.Event, failure *delivery.Failure) {
	rejection := rejections[failure.Reason]
	a.metrics.Rejected.WithLabelValues(rejection.metric).Inc()
	where := []any{"correlationId", web.CorrelationID(r.Context()), "topic", a.topic, "errorClass", rejection.problem.Kind}
	if received != nil {
		where = append(where, "eventId", received.Common().EventID)
	}
	a.log.Warn("Event not sent: "+failure.Detail, where...)
	web.Refuse(w, r, rejection.problem)
}

func invalid(err error) web.Problem {
	if faults, ok := errors.AsType[event.Invalid](err); ok {
		return web.Problem{
			Status: http.StatusUnprocessableEntity, Kind: "invalid_event",
			Message: "This is no valid event.", Details: faults,
		}
	}
	return web.Problem{
		Status: http.StatusBadRequest, Kind: "malformed_json", Message: err.Error(), Details: []string{},
	}
}

func body(r *http.Request) ([]byte, error) {
	value, err := io.ReadAll(io.LimitReader(r.Body, maxRecordBytes+1))
	if err == nil && len(value) > maxRecordBytes {
		// Read to the end, because a caller that is still sending hears no answer.
		_, err = io.Copy(io.Discard, r.Body)
	}
	if err == nil && len(value) > maxRecordBytes {
		err = &delivery.Failure{
			Reason: delivery.TooLarge, Detail: fmt.Sprintf("more than %d bytes", maxRecordBytes),
		}
	}
	return value, err
}

func headers(received event.Event, r *http.Request) record.Headers {
	common := received.Common()
	headers := record.Headers{
		{Name: "event-id", Value: []byte(common.EventID.String())},
		{Name: "event-type", Value: []byte(common.EventType)},
		{Name: "correlation-id", Value: []byte(web.CorrelationID(r.Context()))},
		{Name: "content-type", Value: []byte("application/json")},
	}
	if traceparent := r.Header.Get("traceparent"); traceparent != "" {
		headers = append(headers, record.Header{Name: "traceparent", Value: []byte(traceparent)})
	}
	return headers
}
