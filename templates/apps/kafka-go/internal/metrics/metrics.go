// Package metrics has the metrics of the services. Series without open labels exist from the start,
// at 0.
package metrics

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"example.com/platform-app/internal/record"
)

// Delivery and batches take milliseconds, or as long as a broker or a store is away.
var seconds = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}

// Rejections are the reasons of app_events_rejected_total.
var Rejections = []string{"invalid", "too_large", "unauthorised", "unknown_topic", "timeout", "queue_full"}

// Producer is for the producer service.
type Producer struct {
	Registry *prometheus.Registry
	Produced *prometheus.CounterVec
	Rejected *prometheus.CounterVec
	InFlight prometheus.Gauge
	Delivery prometheus.Histogram
}

// NewProducer registers the producer's metrics.
func NewProducer() *Producer {
	registry, factory := newRegistry()
	metrics := &Producer{
		Registry: registry,
		Produced: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "app_events_produced_total", Help: "Events acknowledged by all in-sync replicas.",
		}, []string{"topic"}),
		Rejected: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "app_events_rejected_total", Help: "Events answered with an error.",
		}, []string{"reason"}),
		InFlight: factory.NewGauge(prometheus.GaugeOpts{
			Name: "app_events_in_flight", Help: "Events waiting for acknowledgement.",
		}),
		Delivery: factory.NewHistogram(prometheus.HistogramOpts{
			Name:    "app_event_delivery_seconds",
			Help:    "Time from handing an event to the client until its acknowledgement.",
			Buckets: seconds,
		}),
	}
	for _, reason := range Rejections {
		metrics.Rejected.WithLabelValues(reason)
	}
	return metrics
}

// Reading is what the consumer and the transformer have in common.
type Reading struct {
	Registry     *prometheus.Registry
	Consumed     *prometheus.CounterVec
	DeadLettered *prometheus.CounterVec
}

// Consumer is for the consumer service.
type Consumer struct {
	Reading
	Applied    *prometheus.CounterVec
	Duplicate  prometheus.Counter
	Retried    prometheus.Counter
	Processing prometheus.Histogram
	Lag        *prometheus.GaugeVec
	Paused     prometheus.Gauge
}

// NewConsumer registers the consumer's metrics.
func NewConsumer() *Consumer {
	reading, factory := newReading()
	return &Consumer{
		Reading: reading,
		Applied: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "app_events_applied_total", Help: "Events whose effect is in the store.",
		}, []string{"event_type"}),
		Duplicate: factory.NewCounter(prometheus.CounterOpts{
			Name: "app_events_duplicate_total",
			Help: "Events skipped because their effect was there already.",
		}),
		Retried: factory.NewCounter(prometheus.CounterOpts{
			Name: "app_events_retried_total",
			Help: "Records tried again because the store or the dead letter topic was away.",
		}),
		Processing: factory.NewHistogram(prometheus.HistogramOpts{
			Name: "app_event_processing_seconds", Help: "Time to apply one batch.", Buckets: seconds,
		}),
		Lag: factory.NewGaugeVec(prometheus.GaugeOpts{
			Name: "app_consumer_lag_records",
			Help: "Records between the committed offset and the end of the partition.",
		}, []string{"topic", "partition"}),
		Paused: factory.NewGauge(prometheus.GaugeOpts{
			Name: "app_consumer_paused", Help: "1 while partitions are paused.",
		}),
	}
}

// Transformer is for the transformer service.
type Transformer struct {
	Reading
	Transactions *prometheus.CounterVec
}

// The outcomes of a transaction.
const (
	Committed = "committed"
	Aborted   = "aborted"
)

// NewTransformer registers the transformer's metrics.
func NewTransformer() *Transformer {
	reading, factory := newReading()
	metrics := &Transformer{
		Reading: reading,
		Transactions: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "app_transactions_total", Help: "Transactions that were ended.",
		}, []string{"outcome"}),
	}
	metrics.Transactions.WithLabelValues(Committed)
	metrics.Transactions.WithLabelValues(Aborted)
	return metrics
}

func newReading() (Reading, promauto.Factory) {
	registry, factory := newRegistry()
	reading := Reading{
		Registry: registry,
		Consumed: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "app_events_consumed_total", Help: "Records read.",
		}, []string{"topic"}),
		DeadLettered: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "app_events_dead_lettered_total",
			Help: "Records acknowledged by the dead letter topic.",
		}, []string{"error_class"}),
	}
	for _, class := range record.ErrorClasses {
		reading.DeadLettered.WithLabelValues(string(class))
	}
	return reading, factory
}

func newRegistry() (*prometheus.Registry, promauto.Factory) {
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return registry, promauto.With(registry)
}
