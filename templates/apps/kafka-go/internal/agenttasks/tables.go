package agenttasks

import (
	"context"

	"example.com/platform-app/internal/database"
)

// Tasks and their tool calls, each put together from the events that have arrived. Any of them may
// be missing (retention), so every event can be the first that is seen of its task, and fills in
// what it knows.
var tables = []string{
	`CREATE TABLE IF NOT EXISTS task_events (
	  event_id TEXT PRIMARY KEY,
	  task_id TEXT NOT NULL,
	  event_type TEXT NOT NULL,
	  occurred_at TEXT NOT NULL
	)`,
	`CREATE TABLE IF NOT EXISTS tasks (
	  task_id TEXT PRIMARY KEY,
	  agent TEXT,
	  goal TEXT,
	  outcome TEXT
	)`,
	`CREATE TABLE IF NOT EXISTS tool_calls (
	  task_id TEXT NOT NULL,
	  call_id TEXT NOT NULL,
	  first_event_id TEXT NOT NULL,
	  tool TEXT,
	  arguments TEXT,
	  ok INTEGER,
	  result TEXT,
	  duration_ms BIGINT,
	  PRIMARY KEY (task_id, call_id)
	)`,
}

const effects = "SELECT COUNT(*) FROM task_events"

const (
	insertEvent = `
		INSERT INTO task_events (event_id, task_id, event_type, occurred_at) VALUES (?, ?, ?, ?)`
	upsertTask = `
		INSERT INTO tasks (task_id, agent, goal, outcome) VALUES (?, ?, ?, ?)
		ON CONFLICT (task_id) DO UPDATE SET
		  agent = COALESCE(EXCLUDED.agent, tasks.agent),
		  goal = COALESCE(EXCLUDED.goal, tasks.goal),
		  outcome = COALESCE(EXCLUDED.outcome, tasks.outcome)`
	upsertCall = `
		INSERT INTO tool_calls (
		  task_id, call_id, first_event_id, tool, arguments, ok, result, duration_ms
		) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (task_id, call_id) DO UPDATE SET
		  tool = COALESCE(EXCLUDED.tool, tool_calls.tool),
		  arguments = COALESCE(EXCLUDED.arguments, tool_calls.arguments),
		  ok = COALESCE(EXCLUDED.ok, tool_calls.ok),
		  result = COALESCE(EXCLUDED.result, tool_calls.result),
		  duration_ms = COALESCE(EXCLUDED.duration_ms, tool_calls.duration_ms)`
)

func apply(ctx context.Context, tx *database.Tx, events []TaskEvent) error {
	var happened, tasks, calls [][]any
	for _, event := range events {
		common := event.Common()
		eventID := common.EventID.String()
		happened = append(happened, []any{eventID, event.task(), common.EventType, common.OccurredAt.String()})
		tasks = append(tasks, taskRow(event))
		switch event := event.(type) {
		case ToolCalled:
			calls = append(calls, []any{
				event.TaskID, event.CallID, eventID, event.Tool, string(event.Arguments), nil, nil, nil,
			})
		case ToolReturned:
			calls = append(calls, []any{
				event.TaskID, event.CallID, eventID, nil, nil, asInteger(event.OK), event.Result, event.DurationMs,
			})
		}
	}
	if _, err := tx.ExecMany(ctx, insertEvent, happened); err != nil {
		return err
	}
	if _, err := tx.ExecMany(ctx, upsertTask, tasks); err != nil {
		return err
	}
	_, err := tx.ExecMany(ctx, upsertCall, calls)
	return err
}

func taskRow(event TaskEvent) []any {
	switch event := event.(type) {
	case TaskCreated:
		return []any{event.TaskID, event.Agent, event.Goal, nil}
	case TaskCompleted:
		return []any{event.TaskID, nil, nil, completed}
	case TaskFailed:
		return []any{event.TaskID, nil, nil, failed}
	default:
		return []any{event.task(), nil, nil, nil}
	}
}

func asInteger(flag bool) int {
	if flag {
		return 1
	}
	return 0
}
