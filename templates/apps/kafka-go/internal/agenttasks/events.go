package agenttasks

import (
	"encoding/json"

	"example.com/platform-app/internal/event"
)

// TaskEvent is any of the events as they are on the topic.
type TaskEvent interface {
	event.Event
	task() string
}

// Task is what all of them have. It is the key: the steps of one task stay in order.
type Task struct {
	event.Base
	TaskID string `json:"taskId"`
}

// Key implements event.Event.
func (t Task) Key() string {
	return t.TaskID
}

func (t Task) task() string {
	return t.TaskID
}

// TaskCreated begins a task.
type TaskCreated struct {
	Task
	Agent string `json:"agent"`
	Goal  string `json:"goal"`
}

// ToolCalled says that an agent waits for a tool.
type ToolCalled struct {
	Task
	CallID    string          `json:"callId"`
	Tool      string          `json:"tool"`
	Arguments json.RawMessage `json:"arguments"`
}

// ToolReturned is the tool's answer.
type ToolReturned struct {
	Task
	CallID     string `json:"callId"`
	OK         bool   `json:"ok"`
	Result     string `json:"result"`
	DurationMs int64  `json:"durationMs"`
}

// TaskCompleted ends a task well.
type TaskCompleted struct {
	Task
	Summary string `json:"summary"`
}

// TaskFailed ends a task badly.
type TaskFailed struct {
	Task
	Reason string `json:"reason"`
}

func readTaskCreated(base event.Base, fields *event.Fields) TaskEvent {
	return TaskCreated{readTask(base, fields), fields.Identifier("agent"), fields.Text("goal")}
}

func readToolCalled(base event.Base, fields *event.Fields) TaskEvent {
	return ToolCalled{
		Task:      readTask(base, fields),
		CallID:    fields.Identifier("callId"),
		Tool:      fields.Identifier("tool"),
		Arguments: fields.Object("arguments"),
	}
}

func readToolReturned(base event.Base, fields *event.Fields) TaskEvent {
	return ToolReturned{
		Task:       readTask(base, fields),
		CallID:     fields.Identifier("callId"),
		OK:         fields.Flag("ok"),
		Result:     fields.Text("result"),
		DurationMs: fields.Count("durationMs"),
	}
}

func readTaskCompleted(base event.Base, fields *event.Fields) TaskEvent {
	return TaskCompleted{readTask(base, fields), fields.Text("summary")}
}

func readTaskFailed(base event.Base, fields *event.Fields) TaskEvent {
	return TaskFailed{readTask(base, fields), fields.Text("reason")}
}

func readTask(base event.Base, fields *event.Fields) Task {
	return Task{Base: base, TaskID: fields.Identifier("taskId")}
}
