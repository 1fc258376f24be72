// Package consumer reads events, applies each once, and answers questions about them.
package consumer

import (
	"context"
	"log/slog"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/kafka"
	"example.com/platform-app/internal/metrics"
	"example.com/platform-app/internal/process"
	"example.com/platform-app/internal/settings"
	"example.com/platform-app/internal/store"
	"example.com/platform-app/internal/web"
)

// Run is the consumer service, until the context ends.
func Run(ctx context.Context, settings settings.Consumer, domain event.Domain, log *slog.Logger) error {
	parts := process.NewGroup(ctx)
	metrics := metrics.NewConsumer()
	store := store.Open(settings.DatabaseURL, domain)
	deadLetters, err := kafka.NewDeadLetters(settings.Service, settings.Membership, log)
	if err != nil {
		return err
	}
	defer deadLetters.Close()
	worker := &Worker{
		processor: processor{
			domain: domain, store: store, deadLetters: deadLetters, metrics: metrics, log: log,
		},
		topic:          settings.Topic,
		maxPollRecords: settings.MaxPollRecords,
		commitInterval: settings.CommitInterval,
		log:            log,
		offsets:        offsets{},
		committed:      make(chan commitResult, 1),
	}
	group, err := kafka.JoinGroup(settings.Service, settings.Membership, worker, log)
	if err != nil {
		return err
	}
	worker.group = group
	watch := cluster.NewWatch(settings.Topic, group.AskForTopic, log)
	lag := &lag{gauge: metrics.Lag, group: group, assigned: worker.Assigned, log: log}

	routes := web.Routes(func() []string { return readiness(parts.Context, watch, worker) }, metrics.Registry)
	AddQuestions(routes, store, domain.Views, log)
	server, err := web.Listen(settings.Service, web.Handler(routes, log), log)
	if err != nil {
		return err
	}
	parts.Go(watch.Run)
	parts.Go(server.Serve)
	parts.Go(lag.run)
	left := parts.Go(worker.Run)

	<-parts.Context.Done()
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), settings.ShutdownTimeout)
	defer cancel()
	// Until the group is left, HTTP still answers, and says "draining".
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
	if len(worker.Assigned()) == 0 {
		reasons = append(reasons, "no partition is assigned")
	}
	return reasons
}
