package kafka

import (
	"fmt"
	"log/slog"

	"github.com/segmentio/kafka-go"
)

// clientLog brings the client's own lines into the service's log. It has no levels, and repeats a
// broker that is away for each attempt: what matters of that we say ourselves, once.
func clientLog(log *slog.Logger) kafka.Logger {
	return kafka.LoggerFunc(func(format string, arguments ...any) {
		log.Debug("kafka-go: " + fmt.Sprintf(format, arguments...))
	})
}
