// Package transformer writes one derived event for each event that it reads, exactly once.
package transformer

import (
	"context"
	"log/slog"
	"net/http"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/kafka"
	"example.com/platform-app/internal/metrics"
	"example.com/platform-app/internal/process"
	"example.com/platform-app/internal/settings"
	"example.com/platform-app/internal/web"
)

// Run is the transformer service, until the context ends.
func Run(ctx context.Context, settings settings.Transformer, domain event.Domain, log *slog.Logger) error {
	parts := process.NewGroup(ctx)
	metrics := metrics.NewTransformer()
	asking, err := kafka.NewInquiry(settings.Service, log)
	if err != nil {
		return err
	}
	defer asking.Close()
	watch := cluster.NewWatch(settings.Topic, asking.AskForTopic, log)
	worker := &Worker{
		open: func(ctx context.Context) (Session, error) { return kafka.OpenSession(ctx, settings, log) },
		derive: deriver{
			domain: domain, outputTopic: settings.OutputTopic,
			deadLetterTopic: settings.DeadLetterTopic, group: settings.GroupID,
		},
		topic:          settings.Topic,
		maxPollRecords: settings.MaxPollRecords,
		metrics:        metrics,
		log:            log,
	}

	routes := web.Routes(func() []string { return readiness(parts.Context, watch, worker) }, metrics.Registry)
	routes.HandleFunc("GET /stats", func(w http.ResponseWriter, _ *http.Request) {
		web.Answer(w, http.StatusOK, worker.Stats())
	})
	server, err := web.Listen(settings.Service, web.Handler(routes, log), log)
	if err != nil {
		return err
	}
	parts.Go(watch.Run)
	parts.Go(server.Serve)
	left := parts.Go(worker.Run)

	<-parts.Context.Done()
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), settings.ShutdownTimeout)
	defer cancel()
	select {
	case <-left:
	case <-stopping.Done():
		log.Warn("Stopping before the group was left; its partitions move after the session.")
	}
	server.Stop(stopping)
	return parts.Wait(stopping)
}

func readiness(ctx context.Context, watch *cluster.Watch, worker *Worker) []string {
	if ctx.Err() != nil {
		return []string{"draining"}
	}
	var reasons []string
	if problem := watch.Problem(); problem != "" {
		reasons = append(reasons, problem)
	}
	if !worker.Assigned() {
		reasons = append(reasons, "no partition is assigned")
	}
	return reasons
}
