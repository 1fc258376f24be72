package agenttasks

import (
	"encoding/json"
	"testing"

	"example.com/platform-app/internal/sampling"
	"example.com/platform-app/internal/testkit"
	"example.com/platform-app/internal/testkit/asking"
)

func step(number int, eventType string, change map[string]any) []byte {
	fields := map[string]any{
		"taskId": "t-1", "agent": "triage", "goal": "Answer ticket 7", "callId": "call-1", "tool": "search",
		"arguments": map[string]any{"q": "ticket", "limit": 5}, "ok": true, "result": "2 results", "durationMs": 12,
		"summary": "done", "reason": "no",
	}
	for name, value := range change {
		fields[name] = value
	}
	return testkit.Event(number, eventType, fields)
}

func TestFieldsOutOfRangeAreInvalid(t *testing.T) {
	for _, value := range [][]byte{
		step(1, "TaskForgotten", nil), step(1, "ToolCalled", map[string]any{"arguments": "q=ticket"}),
		step(1, "ToolReturned", map[string]any{"ok": "yes"}), step(1, "ToolReturned", map[string]any{"durationMs": -1}),
		step(1, "TaskCreated", map[string]any{"goal": nil}), step(1, "TaskFailed", map[string]any{"taskId": ""}),
	} {
		if _, err := Domain.Decode(value); err == nil {
			t.Errorf("%s was accepted", value)
		}
	}
}

func TestATaskIsPutTogetherFromItsEvents(t *testing.T) {
	store := testkit.OpenStore(t, Domain, testkit.SQLite(t))
	testkit.Apply(t, store, Domain,
		step(9, "TaskCreated", nil), step(5, "ToolCalled", nil), step(6, "ToolReturned", nil),
		step(1, "ToolCalled", map[string]any{"callId": "call-0"}), step(2, "TaskCompleted", nil),
		step(3, "TaskCreated", map[string]any{"taskId": "t-2"}))
	http := asking.Questions(store, Domain)
	_, body := testkit.Get(http, "/views/tasks/t-1")
	testkit.SameJSON(t, body, `{"taskId":"t-1","agent":"triage","goal":"Answer ticket 7","status":"completed","calls":[
		{"callId":"call-1","tool":"search","arguments":{"q":"ticket","limit":5},"ok":true,"result":"2 results","durationMs":12},
		{"callId":"call-0","tool":"search","arguments":{"q":"ticket","limit":5},"ok":null,"result":null,"durationMs":null}]}`)
	_, body = testkit.Get(http, "/views/tasks?status=open")
	testkit.SameJSON(t, body, `{"tasks":[{"taskId":"t-2","status":"open","goal":"Answer ticket 7"}]}`)
	_, body = testkit.Get(http, "/stats")
	testkit.SameJSON(t, body, `{"events":6,"effects":6}`)
}

func TestWhatHasNotArrivedIsNullAndCanStillCome(t *testing.T) {
	store := testkit.OpenStore(t, Domain, testkit.SQLite(t))
	http := asking.Questions(store, Domain)
	testkit.Apply(t, store, Domain, step(1, "ToolReturned", nil), step(2, "TaskFailed", nil))
	_, body := testkit.Get(http, "/views/tasks/t-1")
	testkit.SameJSON(t, body, `{"taskId":"t-1","agent":null,"goal":null,"status":"failed","calls":[
		{"callId":"call-1","tool":null,"arguments":null,"ok":true,"result":"2 results","durationMs":12}]}`)
	testkit.Apply(t, store, Domain, step(3, "TaskCreated", nil), step(4, "ToolCalled", nil))
	_, body = testkit.Get(http, "/views/tasks/t-1")
	testkit.SameJSON(t, body, `{"taskId":"t-1","agent":"triage","goal":"Answer ticket 7","status":"failed","calls":[
		{"callId":"call-1","tool":"search","arguments":{"q":"ticket","limit":5},"ok":true,"result":"2 results","durationMs":12}]}`)
}

func TestUnknownTasksAndStatusesAreErrors(t *testing.T) {
	http := asking.Questions(testkit.OpenStore(t, Domain, testkit.SQLite(t)), Domain)
	if status, _ := testkit.Get(http, "/views/tasks/t-9"); status != 404 {
		t.Error(status)
	}
	if status, _ := testkit.Get(http, "/views/tasks?status=asleep"); status != 422 {
		t.Error(status)
	}
}

func TestEachStepIsNotedInAFewWords(t *testing.T) {
	for want, value := range map[string][]byte{
		"created: Answer ticket 7": step(1, "TaskCreated", nil),
		"called: search":           step(1, "ToolCalled", nil),
		"returned: ok":             step(1, "ToolReturned", nil),
		"returned: error":          step(1, "ToolReturned", map[string]any{"ok": false}),
		"completed: done":          step(1, "TaskCompleted", nil),
		"failed: no":               step(1, "TaskFailed", nil),
	} {
		decoded, err := Domain.Decode(value)
		if err != nil || decoded.Key() != "t-1" {
			t.Fatal(decoded, err)
		}
		derived, err := Domain.Derive(decoded)
		if noted := derived.(TaskNoted); err != nil || noted.Note != want || noted.TaskID != "t-1" {
			t.Errorf("%s: %+v", want, noted)
		}
	}
}

func TestSamplesAreValidEventsOfEveryType(t *testing.T) {
	seen := map[string]bool{}
	for sample := range Domain.Samples(sampling.New(1)) {
		value, err := json.Marshal(sample)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Domain.Decode(value); err != nil {
			t.Fatalf("%s: %v", value, err)
		}
		if seen[sample.Common().EventType] = true; len(seen) == 5 {
			break
		}
	}
}
