package web

import (
	"context"
	"net/http"
	"regexp"

	"github.com/google/uuid"
)

const correlationHeader = "X-Correlation-Id"

// It ends up in headers and log lines of every service behind us.
var acceptable = regexp.MustCompile(`^[\x21-\x7e]{1,200}$`)

type correlationKey struct{}

// CorrelationID is the one of the request.
func CorrelationID(ctx context.Context) string {
	id, _ := ctx.Value(correlationKey{}).(string)
	return id
}

// correlated takes X-Correlation-Id from the request, or makes one, and returns it.
func correlated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(correlationHeader)
		if !acceptable.MatchString(id) {
			id = uuid.NewString()
		}
		w.Header().Set(correlationHeader, id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), correlationKey{}, id)))
	})
}
