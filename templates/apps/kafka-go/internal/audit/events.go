package audit

import (
	"regexp"

	"example.com/platform-app/internal/event"
)

const (
	success = "success"
	denied  = "denied"
	failed  = "failed"
)

var action = regexp.MustCompile(`^[^.\s]+\.[^.\s]+$`)

// AuditRecorded is the event as it is on the topic.
type AuditRecorded struct {
	event.Base
	entry
}

type entry struct {
	Actor string `json:"actor"`
	// Action is noun.verb.
	Action   string `json:"action"`
	Resource string `json:"resource"`
	Outcome  string `json:"outcome"`
	SourceIP string `json:"sourceIp"`
	Service  string `json:"service"`
	Details  string `json:"details"`
}

// Key keeps the steps of one actor in order.
func (a AuditRecorded) Key() string {
	return a.Actor
}

func readAuditRecorded(base event.Base, fields *event.Fields) AuditRecorded {
	return AuditRecorded{base, entry{
		Actor:    fields.Identifier("actor"),
		Action:   fields.Matching("action", action, "must be noun.verb"),
		Resource: fields.Text("resource"),
		Outcome:  fields.OneOf("outcome", success, denied, failed),
		SourceIP: fields.Text("sourceIp"),
		Service:  fields.Text("service"),
		Details:  fields.Text("details"),
	}}
}
