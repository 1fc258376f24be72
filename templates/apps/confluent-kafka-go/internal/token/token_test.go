package token

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/settings"
)

func source(t *testing.T, status int, body string) (*Source, *int) {
	t.Helper()
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.FormValue("grant_type") != "client_credentials" || r.FormValue("scope") != "kafka" {
			status = http.StatusTeapot
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	login := settings.OAuth{TokenURL: server.URL, ClientID: "app", ClientSecret: "hush", Scope: "kafka"}
	return NewSource(login, settings.TLS{}), &asked
}

func TestATokenIsKeptUntilItExpires(t *testing.T) {
	tokens, asked := source(t, 200, `{"access_token":"abc","token_type":"bearer","expires_in":3600}`)
	for range 3 {
		if token, err := tokens.Token(); err != nil || token.AccessToken != "abc" {
			t.Fatal(token, err)
		}
	}
	if *asked != 1 {
		t.Errorf("asked %d times", *asked)
	}
}

func TestAClientThatIsNotKnownIsRefusedWithoutASecretInTheReason(t *testing.T) {
	tokens, _ := source(t, 401, `{"error":"invalid_client","error_description":"hush is wrong"}`)
	_, err := tokens.Token()
	refused, ok := errors.AsType[*cluster.Refused](err)
	if !ok || !strings.Contains(refused.Reason, "invalid_client") || strings.Contains(refused.Reason, "hush") {
		t.Error(err)
	}
}

func TestWhatTheEndpointAnswersIsOnlyARefusalIfItSaysNo(t *testing.T) {
	for status, isRefusal := range map[int]bool{
		400: true, 401: true, 403: true, 404: false, 429: false, 500: false, 503: false,
	} {
		tokens, _ := source(t, status, "hush is what was sent")
		_, err := tokens.Token()
		_, refused := errors.AsType[*cluster.Refused](err)
		if err == nil || refused != isRefusal || strings.Contains(err.Error(), "hush") {
			t.Errorf("%d: %v", status, err)
		}
	}
}
