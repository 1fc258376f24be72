package pageviews

import (
	"database/sql"
	"time"

	"example.com/platform-app/internal/moment"
	"example.com/platform-app/internal/view"
)

var views = []view.View{{Pattern: "GET /views/top-pages", Answer: topPages}}

type topPage struct {
	Page  string `json:"page"`
	Views int64  `json:"views"`
}

type topPagesAnswer struct {
	// Window is null as long as there are no events.
	Window *string   `json:"window"`
	Pages  []topPage `json:"pages"`
}

func topPages(question *view.Question) (any, error) {
	limit, err := question.Limit(10)
	if err != nil {
		return nil, err
	}
	window, err := wantedWindow(question)
	if err != nil {
		return nil, err
	}
	pages, err := view.Rows(question, scanTopPage, `
		SELECT page, views FROM page_views WHERE window_start = ?
		ORDER BY views DESC, page LIMIT ?`, window, limit)
	return topPagesAnswer{Window: window, Pages: pages}, err
}

// wantedWindow is the one of the question, or the newest.
func wantedWindow(question *view.Question) (*string, error) {
	text := question.Text("window")
	if text == "" {
		return view.Row(question, "Window", scanWindow, "SELECT MAX(window_start) FROM page_views")
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if at, err := time.Parse(layout, text); err == nil {
			window := windowOf(moment.Moment{Time: at})
			return &window, nil
		}
	}
	return nil, view.Invalid("window: must be a minute such as 2026-01-01T12:00Z")
}

func scanTopPage(rows *sql.Rows) (page topPage, err error) {
	err = rows.Scan(&page.Page, &page.Views)
	return page, err
}

func scanWindow(rows *sql.Rows) (window *string, err error) {
	err = rows.Scan(&window)
	return window, err
}
