package consumer

import (
	"context"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"example.com/platform-app/internal/record"
)

const lagInterval = time.Second

// lag says how far behind we are, as the brokers see it: also while partitions are paused, when
// nothing is read that could tell.
type lag struct {
	gauge    *prometheus.GaugeVec
	group    Group
	assigned func() []record.Partition
	log      *slog.Logger
	shown    []record.Partition
}

func (l *lag) run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(lagInterval):
		}
		l.measure(ctx)
	}
}

func (l *lag) measure(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 5*lagInterval)
	defer cancel()
	behind, err := l.group.Lag(ctx, l.assigned())
	if err != nil {
		l.log.Debug("The lag is not known at the moment.", "error", err.Error())
		return
	}
	// Asked again, because a partition may have moved meanwhile. Its last lag must not stay here.
	assigned := l.assigned()
	for _, partition := range l.shown {
		if !slices.Contains(assigned, partition) {
			l.gauge.DeleteLabelValues(partition.Topic, number(partition))
		}
	}
	l.shown = assigned
	for _, partition := range assigned {
		if records, known := behind[partition]; known {
			l.gauge.WithLabelValues(partition.Topic, number(partition)).Set(float64(records))
		}
	}
}

func number(partition record.Partition) string {
	return strconv.Itoa(int(partition.Number))
}
