package agenttasks

import "example.com/platform-app/internal/event"

// TaskNoted is a step of a task in a few words.
type TaskNoted struct {
	event.Base
	TaskID string `json:"taskId"`
	Note   string `json:"note"`
}

func derive(happened TaskEvent) (event.Derived, error) {
	return TaskNoted{
		Base:   happened.Common().Becomes("TaskNoted"),
		TaskID: happened.task(),
		Note:   noteOf(happened),
	}, nil
}

func noteOf(happened TaskEvent) string {
	switch happened := happened.(type) {
	case TaskCreated:
		return "created: " + happened.Goal
	case ToolCalled:
		return "called: " + happened.Tool
	case ToolReturned:
		if happened.OK {
			return "returned: ok"
		}
		return "returned: error"
	case TaskCompleted:
		return "completed: " + happened.Summary
	case TaskFailed:
		return "failed: " + happened.Reason
	}
	return ""
}
