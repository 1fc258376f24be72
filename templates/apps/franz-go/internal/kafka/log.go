package kafka

import (
	"context"
	"log/slog"

	"github.com/twmb/franz-go/pkg/kgo"
)

// clientLog brings the client's own lines into the service's log. One level lower: what matters of
// them we say ourselves, and a broker that is away would be several lines a second.
type clientLog struct {
	log *slog.Logger
}

var levels = map[kgo.LogLevel]slog.Level{
	kgo.LogLevelError: slog.LevelWarn,
	kgo.LogLevelWarn:  slog.LevelDebug,
	kgo.LogLevelInfo:  slog.LevelDebug,
}

// Level implements kgo.Logger. The client's debug level shows requests, which is none of ours.
func (c clientLog) Level() kgo.LogLevel {
	if c.log.Enabled(context.Background(), slog.LevelDebug) {
		return kgo.LogLevelInfo
	}
	return kgo.LogLevelError
}

// Log implements kgo.Logger.
func (c clientLog) Log(level kgo.LogLevel, message string, keyvals ...any) {
	c.log.Log(context.Background(), levels[level], "franz-go: "+message, slog.Group("kafka", keyvals...))
}
