package agenttasks

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/sampling"
)

const (
	mostOpen    = 30
	endShare    = 0.22
	failedShare = 0.15
)

var (
	agents = []string{"support-triage", "invoice-matcher", "release-notes", "data-steward", "on-call-helper"}
	goals  = []string{
		"Find out why invoice %d was charged twice",
		"Draft an answer to ticket %d",
		"Summarise the changes since release %d",
		"Match payment %d with its order",
		"Explain the alert on service %d",
	}
	tools    = []string{"search_tickets", "query_orders", "read_document", "send_draft", "run_report"}
	failures = []string{"budget of tool calls spent", "no permission for the account", "nothing to go by"}
)

// working is a task that an agent is at.
type working struct {
	taskID string
	calls  int
	// waitingFor is the call that hasn't returned, if there is one.
	waitingFor string
}

// samples are of agents at work on several tasks at once: some call one tool and are done, some dig
// for long.
func samples(source *sampling.Source) iter.Seq[TaskEvent] {
	return func(yield func(TaskEvent) bool) {
		var tasks []*working
		for {
			var next TaskEvent
			if len(tasks) < mostOpen && (len(tasks) == 0 || source.Chance(0.15)) {
				task := &working{taskID: source.Reference("task")}
				tasks = append(tasks, task)
				next = sampleCreated(source, task)
			} else {
				index := source.Skewed(len(tasks))
				var done bool
				next, done = sampleStep(source, tasks[index])
				if done {
					tasks = slices.Delete(tasks, index, index+1)
				}
			}
			if !yield(next) {
				return
			}
		}
	}
}

// sampleStep is what happens next, and whether it was the last.
func sampleStep(source *sampling.Source, task *working) (next TaskEvent, done bool) {
	switch {
	case task.waitingFor != "":
		next = sampleReturned(source, task)
		task.waitingFor = ""
		return next, false
	case task.calls > 0 && source.Chance(endShare):
		return sampleEnd(source, task), true
	default:
		task.calls++
		task.waitingFor = fmt.Sprintf("call-%d", task.calls)
		return sampleCalled(source, task), false
	}
}

func sampleCreated(source *sampling.Source, task *working) TaskCreated {
	return TaskCreated{
		Task:  sampleTask(source, "TaskCreated", task),
		Agent: sampling.Pick(source, agents),
		Goal:  fmt.Sprintf(sampling.Pick(source, goals), source.Between(1000, 9999)),
	}
}

func sampleCalled(source *sampling.Source, task *working) ToolCalled {
	arguments := fmt.Sprintf(`{"query":"reference %d","limit":%d}`,
		source.Between(1000, 9999), 5*(1+source.Skewed(4)))
	return ToolCalled{
		Task:      sampleTask(source, "ToolCalled", task),
		CallID:    task.waitingFor,
		Tool:      sampling.Pick(source, tools),
		Arguments: json.RawMessage(arguments),
	}
}

func sampleReturned(source *sampling.Source, task *working) ToolReturned {
	returned := ToolReturned{
		Task:       sampleTask(source, "ToolReturned", task),
		CallID:     task.waitingFor,
		OK:         !source.Chance(0.1),
		Result:     "the tool timed out",
		DurationMs: source.LogNormal(6, 1),
	}
	if returned.OK {
		returned.Result = fmt.Sprintf("%d results", source.Skewed(20))
	}
	return returned
}

func sampleEnd(source *sampling.Source, task *working) TaskEvent {
	if source.Chance(failedShare) {
		return TaskFailed{sampleTask(source, "TaskFailed", task), sampling.Pick(source, failures)}
	}
	return TaskCompleted{
		Task:    sampleTask(source, "TaskCompleted", task),
		Summary: fmt.Sprintf("Done after %d tool calls.", task.calls),
	}
}

func sampleTask(source *sampling.Source, eventType string, task *working) Task {
	return Task{Base: event.Sampled(source, eventType), TaskID: task.taskID}
}
