// Package logs writes one JSON object a line on standard output.
package logs

import (
	"io"
	"log/slog"
	"strings"

	"example.com/platform-app/internal/moment"
)

// New makes the log of a service.
func New(out io.Writer, service string, level slog.Level) *slog.Logger {
	handler := slog.NewJSONHandler(out, &slog.HandlerOptions{Level: level, ReplaceAttr: contractNames})
	return slog.New(handler).With("service", service)
}

// contractNames are those of docs and dashboards, where slog has its own.
func contractNames(groups []string, attribute slog.Attr) slog.Attr {
	if len(groups) > 0 {
		return attribute
	}
	switch attribute.Key {
	case slog.TimeKey:
		return slog.String("timestamp", moment.Format(attribute.Value.Time()))
	case slog.MessageKey:
		return slog.Attr{Key: "message", Value: attribute.Value}
	case slog.LevelKey:
		return slog.String("level", name(attribute.Value.Any()))
	default:
		return attribute
	}
}

func name(level any) string {
	if level == slog.LevelWarn {
		return "warning"
	}
	return strings.ToLower(level.(slog.Level).String())
}
