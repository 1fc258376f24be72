package audit

import "example.com/platform-app/internal/event"

// AuditAssessed says how much an entry should worry somebody.
type AuditAssessed struct {
	event.Base
	Actor   string `json:"actor"`
	Action  string `json:"action"`
	Outcome string `json:"outcome"`
	Risk    string `json:"risk"`
}

var risks = map[string]string{success: "low", failed: "medium", denied: "high"}

func derive(recorded AuditRecorded) (event.Derived, error) {
	return AuditAssessed{
		Base:    recorded.Becomes("AuditAssessed"),
		Actor:   recorded.Actor,
		Action:  recorded.Action,
		Outcome: recorded.Outcome,
		Risk:    risks[recorded.Outcome],
	}, nil
}
