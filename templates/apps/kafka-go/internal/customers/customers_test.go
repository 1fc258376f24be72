package customers

import (
	"encoding/json"
	"errors"
	"testing"

	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/sampling"
	"example.com/platform-app/internal/testkit"
	"example.com/platform-app/internal/testkit/asking"
)

func row(plan string) map[string]any {
	return map[string]any{"customerId": "c-1", "email": "a@example.com", "name": "Ann", "country": "DE", "plan": plan}
}

func changed(number int, op string, lsn int, after any) []byte {
	return testkit.Event(number, "CustomerChanged", map[string]any{
		"customerId": "c-1", "op": op, "lsn": lsn, "before": nil, "after": after,
	})
}

func TestFieldsOutOfRangeAreInvalid(t *testing.T) {
	for _, value := range [][]byte{
		changed(1, "x", 1, row("pro")), changed(1, "c", -1, row("pro")), changed(1, "c", 1, row("gold")),
		changed(1, "c", 1, "Ann"),
		testkit.Event(1, "CustomerChanged", map[string]any{"customerId": "c-1", "op": "d", "lsn": 1}),
	} {
		if _, err := Domain.Decode(value); err == nil {
			t.Errorf("%s was accepted", value)
		}
	}
}

func TestTheTableHasTheNewestStateAndCountsEveryChange(t *testing.T) {
	store := testkit.OpenStore(t, Domain, testkit.SQLite(t))
	testkit.Apply(t, store, Domain,
		changed(1, "c", 10, row("free")), changed(2, "u", 20, row("pro")), changed(3, "u", 15, row("enterprise")))
	http := asking.Questions(store, Domain)
	_, body := testkit.Get(http, "/views/customers/c-1")
	testkit.SameJSON(t, body, `{"customerId":"c-1","email":"a@example.com","name":"Ann","country":"DE","plan":"pro","lsn":20}`)
	_, body = testkit.Get(http, "/views/customers?country=DE")
	testkit.SameJSON(t, body, `{"customers":[{"customerId":"c-1","email":"a@example.com","name":"Ann","country":"DE","plan":"pro","lsn":20}]}`)
	_, body = testkit.Get(http, "/views/customers?country=FR")
	testkit.SameJSON(t, body, `{"customers":[]}`)
	_, body = testkit.Get(http, "/stats")
	testkit.SameJSON(t, body, `{"events":3,"effects":3}`)
}

func TestADeletedCustomerStaysDeletedWhenAnOlderChangeComesLate(t *testing.T) {
	store := testkit.OpenStore(t, Domain, testkit.SQLite(t))
	testkit.Apply(t, store, Domain, changed(1, "d", 30, nil), changed(2, "u", 20, row("pro")))
	http := asking.Questions(store, Domain)
	if status, _ := testkit.Get(http, "/views/customers/c-1"); status != 404 {
		t.Error(status)
	}
	_, body := testkit.Get(http, "/stats")
	testkit.SameJSON(t, body, `{"events":2,"effects":2}`)
}

func TestAnUpdateWithoutTheNewRowIsRefusedAndOnlyThat(t *testing.T) {
	store := testkit.OpenStore(t, Domain, testkit.SQLite(t))
	applied := testkit.Apply(t, store, Domain, changed(1, "c", 1, row("pro")), changed(2, "u", 2, nil))
	if len(applied.Fresh) != 1 || len(applied.Failed) != 1 {
		t.Fatalf("%+v", applied)
	}
	if _, ok := errors.AsType[event.Refused](applied.Failed[0].Cause); !ok {
		t.Error(applied.Failed[0].Cause)
	}
}

func TestACustomerIsListedUntilDeleted(t *testing.T) {
	for _, one := range []struct {
		value []byte
		want  string
	}{
		{changed(1, "c", 1, row("pro")), `{"customerId":"c-1","listed":true,"email":"a@example.com","plan":"pro"}`},
		{changed(1, "d", 1, nil), `{"customerId":"c-1","listed":false,"email":null,"plan":null}`},
	} {
		decoded, err := Domain.Decode(one.value)
		if err != nil {
			t.Fatal(err)
		}
		derived, err := Domain.Derive(decoded)
		if err != nil {
			t.Fatal(err)
		}
		listed := derived.(CustomerListed)
		text, _ := json.Marshal(struct {
			CustomerID string  `json:"customerId"`
			Listed     bool    `json:"listed"`
			Email      *string `json:"email"`
			Plan       *string `json:"plan"`
		}{listed.CustomerID, listed.Listed, listed.Email, listed.Plan})
		testkit.SameJSON(t, string(text), one.want)
	}
	decoded, _ := Domain.Decode(changed(1, "u", 1, nil))
	if _, err := Domain.Derive(decoded); err == nil {
		t.Error("an update without the new row was derived from")
	}
}

func TestSamplesAreValidAndTheirLSNsGrow(t *testing.T) {
	last, ops := int64(0), map[string]bool{}
	for sample := range Domain.Samples(sampling.New(1)) {
		value, err := json.Marshal(sample)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Domain.Decode(value); err != nil {
			t.Fatalf("%s: %v", value, err)
		}
		change := sample.(CustomerChanged)
		if change.LSN <= last {
			t.Fatal("the lsn went back")
		}
		last = change.LSN
		if ops[change.Op] = true; len(ops) == 3 {
			break
		}
	}
}
