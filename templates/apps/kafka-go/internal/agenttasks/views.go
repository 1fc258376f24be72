package agenttasks

import (
	"database/sql"
	"encoding/json"

	"example.com/platform-app/internal/view"
)

// Where a task stands.
const (
	open      = "open"
	completed = "completed"
	failed    = "failed"
)

var views = []view.View{
	{Pattern: "GET /views/tasks", Answer: allTasks},
	{Pattern: "GET /views/tasks/{taskId}", Answer: oneTask},
}

type taskAnswer struct {
	TaskID string  `json:"taskId"`
	Status string  `json:"status"`
	Goal   *string `json:"goal"`
}

type tasksAnswer struct {
	Tasks []taskAnswer `json:"tasks"`
}

// call has null for what hasn't arrived.
type call struct {
	CallID     string          `json:"callId"`
	Tool       *string         `json:"tool"`
	Arguments  json.RawMessage `json:"arguments"`
	OK         *bool           `json:"ok"`
	Result     *string         `json:"result"`
	DurationMs *int64          `json:"durationMs"`
}

type taskWithCalls struct {
	taskAnswer
	Agent *string `json:"agent"`
	Calls []call  `json:"calls"`
}

func allTasks(question *view.Question) (any, error) {
	limit, err := question.Limit(50)
	if err != nil {
		return nil, err
	}
	status, err := question.OneOf("status", open, completed, failed)
	if err != nil {
		return nil, err
	}
	tasks, err := view.Rows(question, scanTask, `
		SELECT task_id, COALESCE(outcome, 'open'), goal FROM tasks
		WHERE COALESCE(outcome, 'open') = ? OR ? = '' ORDER BY task_id LIMIT ?`, status, status, limit)
	return tasksAnswer{tasks}, err
}

func oneTask(question *view.Question) (any, error) {
	taskID := question.Path("taskId")
	task, err := view.Row(question, "Task "+taskID, scanTaskWithAgent,
		"SELECT task_id, COALESCE(outcome, 'open'), goal, agent FROM tasks WHERE task_id = ?", taskID)
	if err != nil {
		return nil, err
	}
	// As they arrived: agents' clocks don't agree, the offsets of a partition do.
	task.Calls, err = view.Rows(question, scanCall, `
		SELECT c.call_id, c.tool, c.arguments, c.ok, c.result, c.duration_ms
		FROM tool_calls c JOIN processed_events p ON p.event_id = c.first_event_id
		WHERE c.task_id = ? ORDER BY p.processed_at, p.record_offset`, taskID)
	return task, err
}

func scanTask(rows *sql.Rows) (task taskAnswer, err error) {
	err = rows.Scan(&task.TaskID, &task.Status, &task.Goal)
	return task, err
}

func scanTaskWithAgent(rows *sql.Rows) (task taskWithCalls, err error) {
	err = rows.Scan(&task.TaskID, &task.Status, &task.Goal, &task.Agent)
	return task, err
}

func scanCall(rows *sql.Rows) (one call, err error) {
	var arguments *string
	err = rows.Scan(&one.CallID, &one.Tool, &arguments, &one.OK, &one.Result, &one.DurationMs)
	if arguments != nil {
		one.Arguments = json.RawMessage(*arguments)
	}
	return one, err
}
