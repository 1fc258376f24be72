// Package asking is for tests that ask a consumer.
package asking

import (
	"net/http"

	"example.com/platform-app/internal/consumer"
	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/store"
	"example.com/platform-app/internal/testkit"
	"example.com/platform-app/internal/web"
)

// Questions is the consumer's HTTP interface to a store.
func Questions(of *store.Store, domain event.Domain) http.Handler {
	routes := http.NewServeMux()
	consumer.AddQuestions(routes, of, domain.Views, testkit.Silence())
	return web.Handler(routes, testkit.Silence())
}
