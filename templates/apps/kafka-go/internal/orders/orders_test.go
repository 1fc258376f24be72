package orders

import (
	"encoding/json"
	"testing"

	"example.com/platform-app/internal/sampling"
	"example.com/platform-app/internal/testkit"
	"example.com/platform-app/internal/testkit/asking"
)

var line = map[string]any{"sku": "CUP", "quantity": 2, "unitPriceCents": 500}

func happened(number int, eventType string, change map[string]any) []byte {
	fields := map[string]any{
		"orderId": "o-1", "customerId": "c-1", "currency": "EUR", "totalCents": 1000, "lines": []any{line},
		"paymentId": "p-1", "amountCents": 1000, "carrier": "DHL", "trackingCode": "1", "reason": "fraud",
	}
	for name, value := range change {
		fields[name] = value
	}
	return testkit.Event(number, eventType, fields)
}

func TestTheKeyIsTheOrder(t *testing.T) {
	decoded, err := Domain.Decode(happened(1, "OrderShipped", nil))
	if err != nil || decoded.Key() != "o-1" {
		t.Error(decoded, err)
	}
}

func TestFieldsOutOfRangeAreInvalid(t *testing.T) {
	wrongLine := func(name string, value any) map[string]any {
		return map[string]any{"lines": []any{line, map[string]any{"sku": "A", "quantity": 1, "unitPriceCents": 1, name: value}}}
	}
	for _, change := range []map[string]any{
		{"lines": []any{}}, {"lines": "none"}, {"lines": []any{5}}, {"currency": "EURO"}, {"totalCents": -1},
		{"orderId": ""}, wrongLine("quantity", 0), wrongLine("quantity", 1<<31), wrongLine("sku", ""),
	} {
		if _, err := Domain.Decode(happened(1, "OrderPlaced", change)); err == nil {
			t.Errorf("%v was accepted", change)
		}
	}
}

func TestAnOrderHasTheStatusOfItsLastEventAndAHistory(t *testing.T) {
	store := testkit.OpenStore(t, Domain, testkit.SQLite(t))
	testkit.Apply(t, store, Domain,
		happened(9, "OrderPlaced", nil), happened(2, "OrderPaid", nil), happened(5, "OrderShipped", nil),
		happened(6, "OrderPlaced", map[string]any{"orderId": "o-2"}),
		happened(7, "OrderCancelled", map[string]any{"orderId": "o-2"}))
	http := asking.Questions(store, Domain)
	_, body := testkit.Get(http, "/views/orders/o-1")
	testkit.SameJSON(t, body, `{"orderId":"o-1","status":"shipped","totalCents":1000,"history":[
		{"eventType":"OrderPlaced","occurredAt":"2026-01-01T12:00:00.000Z"},
		{"eventType":"OrderPaid","occurredAt":"2026-01-01T12:00:00.000Z"},
		{"eventType":"OrderShipped","occurredAt":"2026-01-01T12:00:00.000Z"}]}`)
	_, body = testkit.Get(http, "/views/orders?status=cancelled")
	testkit.SameJSON(t, body, `{"orders":[{"orderId":"o-2","status":"cancelled","totalCents":1000}]}`)
	_, body = testkit.Get(http, "/views/orders?limit=1")
	testkit.SameJSON(t, body, `{"orders":[{"orderId":"o-1","status":"shipped","totalCents":1000}]}`)
	_, body = testkit.Get(http, "/stats")
	testkit.SameJSON(t, body, `{"events":5,"effects":5}`)
}

func TestAnOrderWhoseBeginningIsGoneHasNoTotal(t *testing.T) {
	store := testkit.OpenStore(t, Domain, testkit.SQLite(t))
	testkit.Apply(t, store, Domain, happened(1, "OrderPaid", nil))
	_, body := testkit.Get(asking.Questions(store, Domain), "/views/orders")
	testkit.SameJSON(t, body, `{"orders":[{"orderId":"o-1","status":"paid","totalCents":null}]}`)
}

func TestUnknownOrdersAndStatusesAreErrors(t *testing.T) {
	http := asking.Questions(testkit.OpenStore(t, Domain, testkit.SQLite(t)), Domain)
	if status, _ := testkit.Get(http, "/views/orders/o-9"); status != 404 {
		t.Error(status)
	}
	if status, _ := testkit.Get(http, "/views/orders?status=lost"); status != 422 {
		t.Error(status)
	}
}

func TestANoticeIsDueForEachStepAndUrgentWhenCancelled(t *testing.T) {
	for eventType, want := range map[string]OrderNoticeDue{
		"OrderPlaced":    {Subject: "Order received"},
		"OrderPaid":      {Subject: "Payment received"},
		"OrderShipped":   {Subject: "Order shipped"},
		"OrderCancelled": {Subject: "Order cancelled", Urgent: true},
	} {
		decoded, err := Domain.Decode(happened(1, eventType, nil))
		if err != nil {
			t.Fatal(err)
		}
		derived, err := Domain.Derive(decoded)
		got := derived.(OrderNoticeDue)
		if err != nil || got.Subject != want.Subject || got.Urgent != want.Urgent || got.OrderID != "o-1" {
			t.Errorf("%s: %+v", eventType, got)
		}
	}
}

func TestSamplesAreValidEventsOfEveryType(t *testing.T) {
	seen := map[string]int{}
	for sample := range Domain.Samples(sampling.New(1)) {
		value, err := json.Marshal(sample)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Domain.Decode(value); err != nil {
			t.Fatalf("%s: %v", value, err)
		}
		seen[sample.Common().EventType]++
		if len(seen) == 4 && seen["OrderPlaced"] > 100 {
			break
		}
	}
}
