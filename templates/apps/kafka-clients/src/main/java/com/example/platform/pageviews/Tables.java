package com.example.platform.pageviews;

import com.example.platform.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Views per page and tumbling one-minute window, by the time of the event. A late event is counted
 * in the window in which it happened: windows are never closed here, they are rows that can still
 * grow.
 */
final class Tables {
  static final List<String> DDL =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS page_views (
            window_start TEXT NOT NULL,
            page TEXT NOT NULL,
            views BIGINT NOT NULL,
            PRIMARY KEY (window_start, page)
          )
          """);

  static final String EFFECTS = "SELECT SUM(views) FROM page_views";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'").withZone(ZoneOffset.UTC);

  private Tables() {}

  static String windowOf(Instant moment) {
    return MINUTE.format(moment);
  }

  static void apply(Transaction transaction, List<PageViewed> events) throws SQLException {
    // Sorted: consumers of other partitions count the same pages, and rows that are locked in one
    // order by all of them can't deadlock. One row per page also keeps the locks few.
    Map<String, Map<String, Long>> windows = new TreeMap<>();
    for (PageViewed event : events) {
      windows
          .computeIfAbsent(windowOf(event.occurredAt()), window -> new TreeMap<>())
          .merge(event.page(), 1L, Long::sum);
    }
    transaction.executeMany(
        """
        INSERT INTO page_views (window_start, page, views) VALUES (?, ?, ?)
        ON CONFLICT (window_start, page) DO UPDATE SET views = page_views.views + EXCLUDED.views
        """,
        rows(windows));
  }

  private static List<Object[]> rows(Map<String, Map<String, Long>> windows) {
    return windows.entrySet().stream()
        .flatMap(
            window ->
                window.getValue().entrySet().stream()
                    .map(page -> new Object[] {window.getKey(), page.getKey(), page.getValue()}))
        .toList();
  }
}
