package pageviews

import (
	"encoding/json"
	"net/url"
	"testing"

	"example.com/platform-app/internal/sampling"
	"example.com/platform-app/internal/testkit"
	"example.com/platform-app/internal/testkit/asking"
)

func viewed(number int, page, at string) []byte {
	return with(number, map[string]any{"page": page, "occurredAt": at})
}

func with(number int, change map[string]any) []byte {
	fields := map[string]any{
		"visitorId": "v-1", "page": "/", "referrer": nil, "country": "DE", "durationMs": 5,
	}
	for name, value := range change {
		fields[name] = value
	}
	return testkit.Event(number, "PageViewed", fields)
}

func TestTheKeyIsTheVisitor(t *testing.T) {
	decoded, err := Domain.Decode(with(1, nil))
	if err != nil || decoded.Key() != "v-1" {
		t.Error(decoded, err)
	}
}

func TestFieldsOutOfRangeAreInvalid(t *testing.T) {
	for _, change := range []map[string]any{
		{"page": "home"}, {"country": "DEU"}, {"durationMs": -1}, {"durationMs": 1.5},
		{"durationMs": json.RawMessage("9223372036854775808")}, {"visitorId": ""}, {"referrer": 5},
	} {
		if _, err := Domain.Decode(with(1, change)); err == nil {
			t.Errorf("%v was accepted", change)
		}
	}
}

func TestViewsAreCountedPerPageInWindowsOfAMinute(t *testing.T) {
	store := testkit.OpenStore(t, Domain, testkit.SQLite(t))
	const minute = "2026-01-01T12:0"
	testkit.Apply(t, store, Domain,
		viewed(1, "/a", minute+"0:00.000Z"), viewed(2, "/b", minute+"0:59.999Z"),
		viewed(3, "/b", minute+"0:30.000Z"), viewed(4, "/c", minute+"1:00.000Z"))
	// Late, and counted where it belongs.
	testkit.Apply(t, store, Domain, viewed(5, "/b", minute+"0:01.000Z"))
	http := asking.Questions(store, Domain)
	for query, want := range map[string]string{
		"?window=" + minute + "0Z": `{"window":"2026-01-01T12:00Z","pages":[{"page":"/b","views":3},{"page":"/a","views":1}]}`,
		"":                         `{"window":"2026-01-01T12:01Z","pages":[{"page":"/c","views":1}]}`,
		"?limit=1&window=" + minute + "0:42.123Z":                         `{"window":"2026-01-01T12:00Z","pages":[{"page":"/b","views":3}]}`,
		"?limit=1&window=" + url.QueryEscape("2026-01-01T13:00:00+01:00"): `{"window":"2026-01-01T12:00Z","pages":[{"page":"/b","views":3}]}`,
	} {
		_, body := testkit.Get(http, "/views/top-pages"+query)
		testkit.SameJSON(t, body, want)
	}
	_, stats := testkit.Get(http, "/stats")
	testkit.SameJSON(t, stats, `{"events":5,"effects":5}`)
}

func TestWithoutEventsThereIsNoWindow(t *testing.T) {
	http := asking.Questions(testkit.OpenStore(t, Domain, testkit.SQLite(t)), Domain)
	_, body := testkit.Get(http, "/views/top-pages")
	testkit.SameJSON(t, body, `{"window":null,"pages":[]}`)
}

func TestAWrongWindowOrLimitIsTheCallersMistake(t *testing.T) {
	http := asking.Questions(testkit.OpenStore(t, Domain, testkit.SQLite(t)), Domain)
	for _, query := range []string{"window=noon", "limit=0", "limit=501", "limit=ten"} {
		if status, body := testkit.Get(http, "/views/top-pages?"+query); status != 422 {
			t.Errorf("%s: %d %s", query, status, body)
		}
	}
}

func TestAVisitIsMeasuredByItsDuration(t *testing.T) {
	for _, one := range []struct {
		page               string
		durationMs         int64
		section, attention string
	}{
		{"/", 4_999, "home", "glance"}, {"/blog/water", 5_000, "blog", "visit"}, {"/cart", 30_000, "cart", "read"},
	} {
		decoded, err := Domain.Decode(with(1, map[string]any{"page": one.page, "durationMs": one.durationMs}))
		if err != nil {
			t.Fatal(err)
		}
		derived, err := Domain.Derive(decoded)
		measured := derived.(VisitMeasured)
		if err != nil || measured.Section != one.section || measured.Attention != one.attention {
			t.Errorf("%+v: %+v", one, measured)
		}
		if measured.EventType != "VisitMeasured" || measured.EventID != decoded.Common().EventID {
			t.Errorf("base: %+v", measured.Base)
		}
	}
}

func TestSamplesAreValidEvents(t *testing.T) {
	count := 0
	for sample := range Domain.Samples(sampling.New(1)) {
		value, err := json.Marshal(sample)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Domain.Decode(value); err != nil {
			t.Fatalf("%s: %v", value, err)
		}
		if count++; count == 300 {
			break
		}
	}
}
