package metrics

import (
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
)

func TestSeriesWithoutOpenLabelsExistFromTheStart(t *testing.T) {
	for want, registry := range map[string]*prometheus.Registry{
		`
# HELP app_events_rejected_total Events answered with an error.
# TYPE app_events_rejected_total counter
app_events_rejected_total{reason="invalid"} 0
app_events_rejected_total{reason="queue_full"} 0
app_events_rejected_total{reason="timeout"} 0
app_events_rejected_total{reason="too_large"} 0
app_events_rejected_total{reason="unauthorised"} 0
app_events_rejected_total{reason="unknown_topic"} 0
# HELP app_events_in_flight Events waiting for acknowledgement.
# TYPE app_events_in_flight gauge
app_events_in_flight 0
`: NewProducer().Registry,
		`
# HELP app_events_dead_lettered_total Records acknowledged by the dead letter topic.
# TYPE app_events_dead_lettered_total counter
app_events_dead_lettered_total{error_class="HandlerFailed"} 0
app_events_dead_lettered_total{error_class="InvalidEvent"} 0
app_events_dead_lettered_total{error_class="Undecodable"} 0
# HELP app_consumer_paused 1 while partitions are paused.
# TYPE app_consumer_paused gauge
app_consumer_paused 0
`: NewConsumer().Registry,
		`
# HELP app_transactions_total Transactions that were ended.
# TYPE app_transactions_total counter
app_transactions_total{outcome="aborted"} 0
app_transactions_total{outcome="committed"} 0
`: NewTransformer().Registry,
	} {
		var names []string
		for line := range strings.SplitSeq(want, "\n") {
			if name, ok := strings.CutPrefix(line, "# TYPE "); ok {
				names = append(names, strings.Fields(name)[0])
			}
		}
		if err := testutil.GatherAndCompare(registry, strings.NewReader(want), names...); err != nil {
			t.Error(err)
		}
	}
}

func TestPrometheusFindsNothingToComplainAbout(t *testing.T) {
	for _, registry := range []*prometheus.Registry{
		NewProducer().Registry, NewConsumer().Registry, NewTransformer().Registry,
	} {
		problems, err := testutil.GatherAndLint(registry)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range problems {
			if strings.HasPrefix(problem.Metric, "app_") {
				t.Error(problem)
			}
		}
	}
}
