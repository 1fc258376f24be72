package pageviews

import (
	"cmp"
	"context"
	"slices"

	"example.com/platform-app/internal/database"
	"example.com/platform-app/internal/moment"
)

// Views per page and tumbling one-minute window, by the time of the event. A late event is counted
// in the window in which it happened: windows are never closed, they are rows that can still grow.
var tables = []string{`
	CREATE TABLE IF NOT EXISTS page_views (
	  window_start TEXT NOT NULL,
	  page TEXT NOT NULL,
	  views BIGINT NOT NULL,
	  PRIMARY KEY (window_start, page)
	)`,
}

// SUM is no integer on PostgreSQL.
const effects = "SELECT CAST(SUM(views) AS BIGINT) FROM page_views"

const count = `
	INSERT INTO page_views (window_start, page, views) VALUES (?, ?, ?)
	ON CONFLICT (window_start, page) DO UPDATE SET views = page_views.views + EXCLUDED.views`

type counted struct {
	window, page string
}

func apply(ctx context.Context, tx *database.Tx, events []PageViewed) error {
	views := map[counted]int64{}
	for _, event := range events {
		views[counted{windowOf(event.OccurredAt), event.Page}]++
	}
	rows := make([][]any, 0, len(views))
	for at, number := range views {
		rows = append(rows, []any{at.window, at.page, number})
	}
	// Sorted: consumers of other partitions count the same pages, and rows that are locked in one
	// order by all of them can't deadlock. One row per page also keeps the locks few.
	slices.SortFunc(rows, func(a, b []any) int {
		return cmp.Or(cmp.Compare(a[0].(string), b[0].(string)), cmp.Compare(a[1].(string), b[1].(string)))
	})
	_, err := tx.ExecMany(ctx, count, rows)
	return err
}

func windowOf(at moment.Moment) string {
	return at.UTC().Format("2006-01-02T15:04Z")
}
