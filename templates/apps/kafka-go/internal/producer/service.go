package producer

import (
	"context"
	"log/slog"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/kafka"
	"example.com/platform-app/internal/metrics"
	"example.com/platform-app/internal/process"
	"example.com/platform-app/internal/settings"
	"example.com/platform-app/internal/web"
)

// Run is the producer service, until the context ends.
func Run(ctx context.Context, settings settings.Producer, domain event.Domain, log *slog.Logger) error {
	parts := process.NewGroup(ctx)
	metrics := metrics.NewProducer()
	client, err := kafka.NewProducer(settings, log)
	if err != nil {
		return err
	}
	watch := cluster.NewWatch(settings.Topic, client.AskForTopic, log).WaitForRights()
	sender := NewSender(client, settings.MaxInFlight, settings.DeliveryTimeout, metrics)
	api := &api{
		domain: domain, topic: settings.Topic, topicMissing: watch.TopicMissing,
		send: sender.Send, metrics: metrics, log: log,
	}

	routes := web.Routes(func() []string { return readiness(parts.Context, watch) }, metrics.Registry)
	routes.HandleFunc("POST /events", api.accept)
	server, err := web.Listen(settings.Service, web.Handler(routes, log), log)
	if err != nil {
		return err
	}
	parts.Go(watch.Run)
	parts.Go(server.Serve)

	<-parts.Context.Done()
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), settings.ShutdownTimeout)
	defer cancel()
	if ctx.Err() == nil {
		// Something failed, and nothing can be delivered any more.
		client.Abandon()
	}
	// Requests end when their record is acknowledged, so stopping the server drains the client.
	server.Stop(stopping)
	if left := client.Close(stopping); left > 0 {
		log.Warn("Stopped before all events were acknowledged.", "events", left)
	}
	return parts.Wait(stopping)
}

func readiness(ctx context.Context, watch *cluster.Watch) []string {
	if ctx.Err() != nil {
		return []string{"draining"}
	}
	if problem := watch.Problem(); problem != "" {
		return []string{problem}
	}
	return nil
}
