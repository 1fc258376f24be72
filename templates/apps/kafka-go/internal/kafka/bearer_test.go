package kafka

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/segmentio/kafka-go"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/settings"
)

func login(t *testing.T, status int) settings.Kafka {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, _ *http.Request) {
		answer.Header().Set("Content-Type", "application/json")
		answer.WriteHeader(status)
		_, _ = answer.Write([]byte(`{"access_token":"abc","token_type":"Bearer","expires_in":300}`))
	}))
	t.Cleanup(server.Close)
	return settings.Kafka{
		TLS: &settings.TLS{}, Login: settings.OAuth{TokenURL: server.URL, ClientID: "app", ClientSecret: "s"},
	}
}

func TestATokenIsShownAndAnAnswerIsARefusal(t *testing.T) {
	mechanism, err := mechanismOf(login(t, http.StatusOK))
	if err != nil || mechanism.Name() != "OAUTHBEARER" {
		t.Fatal(mechanism, err)
	}
	session, first, err := mechanism.Start(t.Context())
	if err != nil || string(first) != "n,,\x01auth=Bearer abc\x01\x01" {
		t.Fatalf("%q %v", first, err)
	}
	if done, _, err := session.Next(t.Context(), nil); !done || err != nil {
		t.Error(done, err)
	}
	if _, _, err := session.Next(t.Context(), []byte(`{"status":"invalid_token"}`)); !errors.Is(err, kafka.SASLAuthenticationFailed) {
		t.Error(err)
	}
}

func TestAClientThatTheTokenEndpointDoesNotKnowIsRefused(t *testing.T) {
	mechanism, err := mechanismOf(login(t, http.StatusUnauthorized))
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = mechanism.Start(t.Context())
	if _, refused := errors.AsType[*cluster.Refused](err); !refused {
		t.Error(err)
	}
}
