package com.example.platform.web;

import com.example.platform.process.Shutdown;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the process works, and whether it can do what it is here for. */
public record Readiness(Shutdown shutdown, List<Supplier<Optional<String>>> problems) {
  void addTo(RoutesConfig routes) {
    routes.get("/health/live", context -> context.json(Map.of("status", "alive")));
    routes.get("/health/ready", this::ready);
  }

  private void ready(Context context) {
    List<String> reasons = reasons();
    if (reasons.isEmpty()) {
      context.json(Map.of("status", "ready"));
    } else {
      context.status(503).json(Map.of("status", "not ready", "reasons", reasons));
    }
  }

  private List<String> reasons() {
    return shutdown.isRequested()
        ? List.of("draining")
        : problems.stream().map(Supplier::get).flatMap(Optional::stream).toList();
  }
}
