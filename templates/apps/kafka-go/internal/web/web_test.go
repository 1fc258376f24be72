package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"example.com/platform-app/internal/settings"
)

func handler(reasons ...string) http.Handler {
	routes := Routes(func() []string { return reasons }, prometheus.NewRegistry())
	routes.HandleFunc("GET /bug", func(http.ResponseWriter, *http.Request) { panic("oops") })
	routes.HandleFunc("GET /full", func(w http.ResponseWriter, r *http.Request) {
		Refuse(w, r, Problem{Status: 503, Kind: "full", Message: "Full.", RetryAfter: 7})
	})
	return Handler(routes, slog.New(slog.DiscardHandler))
}

func get(handler http.Handler, path, correlation string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodGet, path, nil)
	request.Header.Set("X-Correlation-Id", correlation)
	response := httptest.NewRecorder()
	handler.ServeHTTP(response, request)
	return response
}

func TestReadinessGivesReasons(t *testing.T) {
	if response := get(handler(), "/health/ready", ""); response.Code != 200 || response.Body.String() != "{\"status\":\"ready\"}\n" {
		t.Error(response)
	}
	response := get(handler("draining"), "/health/ready", "")
	if response.Code != 503 || response.Body.String() != "{\"reasons\":[\"draining\"],\"status\":\"not ready\"}\n" {
		t.Error(response)
	}
	if response := get(handler("draining"), "/health/live", ""); response.Code != 200 {
		t.Error(response)
	}
}

func TestACorrelationIDIsKeptIfItIsFitAndMadeOtherwise(t *testing.T) {
	if got := get(handler(), "/health/live", "c-1").Header().Get("X-Correlation-Id"); got != "c-1" {
		t.Error(got)
	}
	for _, unfit := range []string{"", "two words", "ä", strings.Repeat("x", 201)} {
		if got := get(handler(), "/health/live", unfit).Header().Get("X-Correlation-Id"); len(got) != 36 {
			t.Errorf("%q: %q", unfit, got)
		}
	}
}

func TestEveryErrorHasTheSameShape(t *testing.T) {
	for path, want := range map[string]string{
		"/nowhere": `{"error":"not_found","message":"There is nothing at /nowhere.","correlationId":"c-1"}`,
		"/bug":     `{"error":"internal_error","message":"This is a bug; the log says more.","correlationId":"c-1"}`,
		"/full":    `{"error":"full","message":"Full.","correlationId":"c-1"}`,
	} {
		if got := strings.TrimSpace(get(handler(), path, "c-1").Body.String()); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	if got := get(handler(), "/full", "").Header().Get("Retry-After"); got != "7" {
		t.Error(got)
	}
}

func TestAServiceListensAnswersAndStops(t *testing.T) {
	service := settings.Service{HTTPHost: "127.0.0.1"}
	server, err := Listen(service, handler(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() { ended <- server.Serve(t.Context()) }()
	if err := AskReady("http://" + server.listener.Addr().String()); err != nil {
		t.Error(err)
	}
	server.Stop(context.Background())
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := AskReady("http://" + server.listener.Addr().String()); err == nil {
		t.Error("still there")
	}
}

func TestATakenPortIsAWrongSetting(t *testing.T) {
	taken := httptest.NewServer(handler("draining"))
	defer taken.Close()
	port := taken.Listener.Addr().(interface{ AddrPort() netip.AddrPort }).AddrPort().Port()
	_, err := Listen(settings.Service{HTTPHost: "127.0.0.1", HTTPPort: int(port)}, handler(), slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "HTTP_PORT") {
		t.Error(err)
	}
	if err := AskReady(taken.URL); err == nil {
		t.Error("ready while draining")
	}
}
