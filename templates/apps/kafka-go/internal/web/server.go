package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"example.com/platform-app/internal/settings"
)

// Readiness is why a service is not ready; empty when it is.
type Readiness func() []string

// Routes has what every service answers: health and metrics. A service adds its own.
func Routes(readiness Readiness, registry *prometheus.Registry) *http.ServeMux {
	routes := http.NewServeMux()
	routes.HandleFunc("GET /health/live", func(w http.ResponseWriter, _ *http.Request) {
		Answer(w, http.StatusOK, map[string]string{"status": "alive"})
	})
	routes.HandleFunc("GET /health/ready", func(w http.ResponseWriter, _ *http.Request) {
		if reasons := readiness(); len(reasons) > 0 {
			Answer(w, http.StatusServiceUnavailable, map[string]any{"status": "not ready", "reasons": reasons})
			return
		}
		Answer(w, http.StatusOK, map[string]string{"status": "ready"})
	})
	routes.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	return routes
}

// Handler adds what all routes need: a correlation id, and the same shape for every error.
func Handler(routes *http.ServeMux, log *slog.Logger) http.Handler {
	routes.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		Refuse(w, r, Problem{
			Status: http.StatusNotFound, Kind: "not_found", Message: "There is nothing at " + r.URL.Path + ".",
		})
	})
	return correlated(guarded(routes, log))
}

// guarded answers for a handler that panicked.
func guarded(next http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if bug := recover(); bug != nil {
				log.Error(fmt.Sprintf("A bug in a handler: %v", bug),
					"correlationId", CorrelationID(r.Context()), "stack", string(debug.Stack()))
				Refuse(w, r, Bug())
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// Bug answers 500.
func Bug() Problem {
	return Problem{
		Status: http.StatusInternalServerError, Kind: "internal_error",
		Message: "This is a bug; the log says more.",
	}
}

// Server is the listening service.
type Server struct {
	server   *http.Server
	listener net.Listener
}

// Listen opens the port, so that a taken one is told at once.
func Listen(service settings.Service, handler http.Handler, log *slog.Logger) (*Server, error) {
	address := net.JoinHostPort(service.HTTPHost, strconv.Itoa(service.HTTPPort))
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, settings.Error{"HTTP_HOST, HTTP_PORT: can't listen: " + err.Error()}
	}
	log.Info("Listening on " + address + ".")
	return &Server{
		server: &http.Server{
			Handler:           handler,
			ReadHeaderTimeout: 10 * time.Second,
			// Longer than load balancers keep an idle connection.
			IdleTimeout: 75 * time.Second,
			ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelDebug),
		},
		listener: listener,
	}, nil
}

// Serve runs until Stop.
func (s *Server) Serve(context.Context) error {
	if err := s.server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Stop takes no new requests; those under way are answered first.
func (s *Server) Stop(ctx context.Context) {
	if s.server.Shutdown(ctx) != nil {
		_ = s.server.Close()
	}
}
