package consumer

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/google/uuid"

	"example.com/platform-app/internal/database"
	"example.com/platform-app/internal/store"
	"example.com/platform-app/internal/view"
	"example.com/platform-app/internal/web"
)

// api answers questions about what has been applied. The domain adds its views.
type api struct {
	store *store.Store
	log   *slog.Logger
}

// AddQuestions adds what a consumer answers about its store.
func AddQuestions(routes *http.ServeMux, store *store.Store, views []view.View, log *slog.Logger) {
	(&api{store: store, log: log}).addTo(routes, views)
}

func (a *api) addTo(routes *http.ServeMux, views []view.View) {
	own := []view.View{
		{Pattern: "GET /events/{eventId}", Answer: a.event},
		{Pattern: "GET /stats", Answer: a.stats},
	}
	for _, one := range append(own, views...) {
		routes.HandleFunc(one.Pattern, func(w http.ResponseWriter, r *http.Request) {
			answer, err := one.Answer(view.Ask(r, a.store.Database()))
			if err != nil {
				web.Refuse(w, r, a.problem(r, err))
				return
			}
			web.Answer(w, http.StatusOK, answer)
		})
	}
}

func (a *api) event(question *view.Question) (any, error) {
	text := question.Path("eventId")
	eventID, err := uuid.Parse(text)
	if err != nil {
		return nil, view.NotFound("Event " + text)
	}
	found, err := a.store.Find(question.Context(), eventID.String())
	if err == nil && found == nil {
		return nil, view.NotFound("Event " + text)
	}
	return found, err
}

func (a *api) stats(question *view.Question) (any, error) {
	return a.store.Stats(question.Context())
}

func (a *api) problem(r *http.Request, err error) web.Problem {
	if missing, ok := errors.AsType[view.NotFound](err); ok {
		return web.Problem{Status: http.StatusNotFound, Kind: "not_found", Message: missing.Error()}
	}
	if wrong, ok := errors.AsType[view.Invalid](err); ok {
		return web.Problem{
			Status: http.StatusUnprocessableEntity, Kind: "invalid_request",
			Message: "The request is not valid.", Details: []string{wrong.Error()},
		}
	}
	if _, ok := errors.AsType[*database.Unavailable](err); ok {
		return web.Problem{
			Status: http.StatusServiceUnavailable, Kind: "store_unavailable",
			Message: "The store can't be reached at the moment.", RetryAfter: 5,
		}
	}
	a.log.Error("A bug in a view: "+err.Error(), "correlationId", web.CorrelationID(r.Context()))
	return web.Bug()
}
