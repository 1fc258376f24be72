package consumer

import (
	"net/http"
	"testing"

	"example.com/platform-app/internal/testkit"
	"example.com/platform-app/internal/web"
)

func questions(t *testing.T, url string) http.Handler {
	t.Helper()
	store := testkit.OpenStore(t, testkit.Notes, url)
	routes := http.NewServeMux()
	AddQuestions(routes, store, testkit.Notes.Views, testkit.Silence())
	if url[:6] == "sqlite" {
		testkit.Apply(t, store, testkit.Notes, testkit.Note(1, "a"))
	}
	return web.Handler(routes, testkit.Silence())
}

func TestTheConsumerAnswersWhatItKnows(t *testing.T) {
	http := questions(t, testkit.SQLite(t))
	for path, want := range map[string]string{
		"/stats":       `{"events":1,"effects":1}`,
		"/views/notes": `["a"]`,
	} {
		if status, body := testkit.Get(http, path); status != 200 {
			t.Errorf("%s: %d", path, status)
		} else {
			testkit.SameJSON(t, body, want)
		}
	}
	if status, _ := testkit.Get(http, "/events/"+testkit.ID(1)); status != 200 {
		t.Error(status)
	}
	for _, unknown := range []string{testkit.ID(2), "nonsense"} {
		if status, _ := testkit.Get(http, "/events/"+unknown); status != 404 {
			t.Errorf("%s: %d", unknown, status)
		}
	}
}

func TestWithoutItsStoreItSaysSo(t *testing.T) {
	http := questions(t, "postgresql://app@127.0.0.1:1/app?sslmode=disable")
	if status, body := testkit.Get(http, "/stats"); status != 503 {
		t.Error(status, body)
	}
}
