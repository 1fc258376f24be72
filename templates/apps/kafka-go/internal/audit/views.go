package audit

import (
	"database/sql"
	"strings"

	"example.com/platform-app/internal/view"
)

var views = []view.View{{Pattern: "GET /views/entries", Answer: entries}}

type entryAnswer struct {
	EventID    string `json:"eventId"`
	OccurredAt string `json:"occurredAt"`
	entry
}

type entriesAnswer struct {
	Entries []entryAnswer `json:"entries"`
}

// LOWER on both sides: LIKE ignores case in SQLite and respects it in PostgreSQL.
const selectEntries = `
	SELECT event_id, occurred_at, actor, action, resource, outcome, source_ip, service, details
	FROM audit_entries
	WHERE (actor = ? OR ? = '') AND (outcome = ? OR ? = '')
	  AND (LOWER(action) LIKE LOWER(?) ESCAPE '!'
	    OR LOWER(resource) LIKE LOWER(?) ESCAPE '!'
	    OR LOWER(details) LIKE LOWER(?) ESCAPE '!')
	ORDER BY occurred_at DESC, event_id LIMIT ?`

var escaped = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

func entries(question *view.Question) (any, error) {
	limit, err := question.Limit(50)
	if err != nil {
		return nil, err
	}
	outcome, err := question.OneOf("outcome", success, denied, failed)
	if err != nil {
		return nil, err
	}
	actor := question.Text("actor")
	searched := "%" + escaped.Replace(question.Text("q")) + "%"
	found, err := view.Rows(question, scanEntry, selectEntries,
		actor, actor, outcome, outcome, searched, searched, searched, limit)
	return entriesAnswer{found}, err
}

func scanEntry(rows *sql.Rows) (one entryAnswer, err error) {
	err = rows.Scan(&one.EventID, &one.OccurredAt, &one.Actor, &one.Action, &one.Resource,
		&one.Outcome, &one.SourceIP, &one.Service, &one.Details)
	return one, err
}
