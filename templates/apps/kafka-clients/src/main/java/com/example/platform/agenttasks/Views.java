package com.example.platform.agenttasks;

import com.example.platform.event.EventJson;
import com.example.platform.event.Parameters;
import com.example.platform.event.View;
import com.example.platform.store.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code GET /views/tasks} and {@code /views/tasks/{taskId}}. */
final class Views {
  static final List<View> ALL =
      List.of(
          new View("/views/tasks", Views::tasks), new View("/views/tasks/{taskId}", Views::task));

  /** Open as long as no event has ended it. */
  private static final String TASKS =
      """
      SELECT task_id AS "taskId", COALESCE(outcome, 'open') AS status, goal FROM tasks
      """;

  private Views() {}

  private static Optional<Map<String, Object>> tasks(Parameters parameters, Reader store) {
    int limit = parameters.limit(50);
    List<Map<String, Object>> found =
        parameters
            .oneOf("status", Set.of("open", "completed", "failed"))
            .map(
                status ->
                    store.rows(
                        TASKS + "WHERE COALESCE(outcome, 'open') = ? ORDER BY task_id LIMIT ?",
                        status,
                        limit))
            .orElseGet(() -> store.rows(TASKS + "ORDER BY task_id LIMIT ?", limit));
    return Optional.of(Map.of("tasks", found));
  }

  private static Optional<Map<String, Object>> task(Parameters parameters, Reader store) {
    String taskId = parameters.path("taskId");
    Optional<Map<String, Object>> found =
        store.row(
            """
            SELECT task_id AS "taskId", agent, goal, COALESCE(outcome, 'open') AS status
            FROM tasks WHERE task_id = ?
            """,
            taskId);
    found.ifPresent(task -> task.put("calls", calls(taskId, store)));
    return found;
  }

  /** As they arrived: agents' clocks don't agree, the offsets of a partition do. */
  private static List<Map<String, Object>> calls(String taskId, Reader store) {
    List<Map<String, Object>> calls =
        store.rows(
            """
            SELECT c.call_id AS "callId", c.tool, c.arguments, c.ok, c.result,
              c.duration_ms AS "durationMs"
            FROM tool_calls c JOIN processed_events p ON p.event_id = c.first_event_id
            WHERE c.task_id = ? ORDER BY p.processed_at, p.record_offset
            """,
            taskId);
    for (Map<String, Object> call : calls) {
      // Null is what hasn't arrived.
      call.computeIfPresent("arguments", (name, text) -> EventJson.MAPPER.readTree((String) text));
      call.computeIfPresent("ok", (name, number) -> ((Number) number).intValue() == 1);
    }
    return calls;
  }
}
