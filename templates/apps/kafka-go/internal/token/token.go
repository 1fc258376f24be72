// Package token gets access tokens from an OIDC provider, with the client's own credentials.
package token

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/settings"
)

const patience = 10 * time.Second

// Source keeps a token until shortly before it expires.
type Source struct {
	tokens oauth2.TokenSource
}

// NewSource asks no one yet. Besides the system's authorities it trusts the one of the brokers.
func NewSource(login settings.OAuth, security settings.TLS) *Source {
	client := &http.Client{
		Timeout: patience,
		Transport: &http.Transport{
			TLSClientConfig: &tls.Config{RootCAs: authorities(security), MinVersion: tls.VersionTLS12},
		},
	}
	credentials := clientcredentials.Config{
		ClientID: login.ClientID, ClientSecret: login.ClientSecret, TokenURL: login.TokenURL,
	}
	if login.Scope != "" {
		credentials.Scopes = []string{login.Scope}
	}
	return &Source{credentials.TokenSource(context.WithValue(context.Background(), oauth2.HTTPClient, client))}
}

// The answers that say no (RFC 6749). Any other, such as 429 or 503, may be better next time.
var refusals = []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden}

// Token fails with cluster.Refused when the provider doesn't want us.
func (s *Source) Token() (*oauth2.Token, error) {
	token, err := s.tokens.Token()
	// Without the answer's text: it may quote what was sent.
	if answer, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		status := answer.Response.StatusCode
		if slices.Contains(refusals, status) {
			return nil, &cluster.Refused{Reason: fmt.Sprintf(
				"the token endpoint doesn't accept the client (HTTP %d %s)", status, answer.ErrorCode)}
		}
		return nil, fmt.Errorf("no token: the endpoint answers with HTTP %d", status)
	}
	if err != nil {
		return nil, fmt.Errorf("no token: %w", err)
	}
	return token, nil
}

func authorities(security settings.TLS) *x509.CertPool {
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	pool.AppendCertsFromPEM(security.CAPEM)
	return pool
}
