package audit

import (
	"encoding/json"
	"strings"
	"testing"

	"example.com/platform-app/internal/sampling"
	"example.com/platform-app/internal/testkit"
	"example.com/platform-app/internal/testkit/asking"
)

func recorded(number int, change map[string]any) []byte {
	fields := map[string]any{
		"actor": "ada", "action": "secret.read", "resource": "secrets/100%_a", "outcome": success,
		"sourceIp": "10.0.0.1", "service": "vault", "details": "by API token",
	}
	for name, value := range change {
		fields[name] = value
	}
	return testkit.Event(number, "AuditRecorded", fields)
}

func TestFieldsOutOfRangeAreInvalid(t *testing.T) {
	for _, change := range []map[string]any{
		{"action": "read"}, {"action": "secret.read.twice"}, {"action": "secret. read"}, {"outcome": "maybe"}, {"actor": ""},
	} {
		if _, err := Domain.Decode(recorded(1, change)); err == nil {
			t.Errorf("%v was accepted", change)
		}
	}
}

func TestEntriesAreFoundByTextActorAndOutcomeNewestFirst(t *testing.T) {
	store := testkit.OpenStore(t, Domain, testkit.SQLite(t))
	testkit.Apply(t, store, Domain,
		recorded(1, map[string]any{"occurredAt": "2026-01-01T12:00:00.000Z"}),
		recorded(2, map[string]any{"occurredAt": "2026-01-01T12:00:01.000Z", "actor": "boris", "outcome": denied}),
		recorded(3, map[string]any{"occurredAt": "2026-01-01T12:00:02.000Z", "resource": "console", "details": "Token gone"}))
	http := asking.Questions(store, Domain)
	for query, want := range map[string][]int{
		"":                   {3, 2, 1},
		"limit=1":            {3},
		"q=TOKEN":            {3, 2, 1},
		"q=100%25_":          {2, 1},
		"q=100_":             nil,
		"actor=boris":        {2},
		"outcome=success":    {3, 1},
		"outcome=denied&q=x": nil,
	} {
		_, body := testkit.Get(http, "/views/entries?"+query)
		var answer struct{ Entries []struct{ EventID string } }
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Fatal(body)
		}
		var got, wanted []string
		for _, entry := range answer.Entries {
			got = append(got, entry.EventID)
		}
		for _, number := range want {
			wanted = append(wanted, testkit.ID(number))
		}
		if strings.Join(got, " ") != strings.Join(wanted, " ") {
			t.Errorf("%s: %v", query, got)
		}
	}
	if status, _ := testkit.Get(http, "/views/entries?outcome=maybe"); status != 422 {
		t.Error(status)
	}
	_, stats := testkit.Get(http, "/stats")
	testkit.SameJSON(t, stats, `{"events":3,"effects":3}`)
}

func TestAnEntryIsShownAsItWasRecorded(t *testing.T) {
	store := testkit.OpenStore(t, Domain, testkit.SQLite(t))
	testkit.Apply(t, store, Domain, recorded(1, nil))
	_, body := testkit.Get(asking.Questions(store, Domain), "/views/entries")
	testkit.SameJSON(t, body, `{"entries":[{"eventId":"`+testkit.ID(1)+`","occurredAt":"2026-01-01T12:00:00.000Z",
		"actor":"ada","action":"secret.read","resource":"secrets/100%_a","outcome":"success","sourceIp":"10.0.0.1",
		"service":"vault","details":"by API token"}]}`)
}

func TestRiskFollowsFromTheOutcome(t *testing.T) {
	for outcome, risk := range map[string]string{success: "low", failed: "medium", denied: "high"} {
		decoded, err := Domain.Decode(recorded(1, map[string]any{"outcome": outcome}))
		if err != nil || decoded.Key() != "ada" {
			t.Fatal(decoded, err)
		}
		derived, err := Domain.Derive(decoded)
		if assessed := derived.(AuditAssessed); err != nil || assessed.Risk != risk || assessed.Outcome != outcome {
			t.Errorf("%s: %+v", outcome, assessed)
		}
	}
}

func TestSamplesAreValidEventsOfEveryOutcome(t *testing.T) {
	seen := map[string]bool{}
	for sample := range Domain.Samples(sampling.New(1)) {
		value, err := json.Marshal(sample)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Domain.Decode(value); err != nil {
			t.Fatalf("%s: %v", value, err)
		}
		if seen[sample.(AuditRecorded).Outcome] = true; len(seen) == 3 {
			break
		}
	}
}
