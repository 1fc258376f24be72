package com.example.platform.pageviews;

import com.example.platform.event.InvalidParameter;
import com.example.platform.event.Moments;
import com.example.platform.event.Parameters;
import com.example.platform.event.View;
import com.example.platform.store.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /views/top-pages}. */
final class Views {
  static final List<View> ALL = List.of(new View("/views/top-pages", Views::topPages));

  private Views() {}

  private static Optional<Map<String, Object>> topPages(Parameters parameters, Reader store) {
    int limit = parameters.limit(10);
    String window = parameters.text("window").map(Views::window).orElseGet(() -> newest(store));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("window", window);
    answer.put(
        "pages",
        store.rows(
            """
            SELECT page, views FROM page_views WHERE window_start = ?
            ORDER BY views DESC, page LIMIT ?
            """,
            window,
            limit));
    return Optional.of(answer);
  }

  private static String window(String text) {
    try {
      return Tables.windowOf(Moments.parse(text.endsWith("Z") ? text : text + "Z"));
    } catch (IllegalArgumentException error) {
      throw new InvalidParameter("window: must be a minute, such as 2026-01-01T12:00Z");
    }
  }

  /** Null without any events. */
  private static String newest(Reader store) {
    return store
        .row("SELECT MAX(window_start) AS newest FROM page_views")
        .map(row -> (String) row.get("newest"))
        .orElse(null);
  }
}
