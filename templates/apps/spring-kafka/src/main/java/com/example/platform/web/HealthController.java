package com.example.platform.web;

import com.example.platform.process.Shutdown;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Actuator's health indicators, told as this platform's services tell it in any language. */
@RestController
public final class HealthController {
  private static final String REASON = "reason";

  private final List<HealthIndicator> indicators;
  private final Shutdown shutdown;

  HealthController(List<HealthIndicator> indicators, Shutdown shutdown) {
    this.indicators = List.copyOf(indicators);
    this.shutdown = shutdown;
  }

  /** A health that is down, and why in a few words. */
  public static Health notReady(String reason) {
    return Health.down().withDetail(REASON, reason).build();
  }

  @GetMapping("/health/live")
  Map<String, String> live() {
    return Map.of("status", "alive");
  }

  @GetMapping("/health/ready")
  ResponseEntity<Map<String, Object>> ready() {
    List<Object> reasons = shutdown.isRequested() ? List.of("draining") : reasons().toList();
    return reasons.isEmpty()
        ? ResponseEntity.ok(Map.of("status", "ready"))
        : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
            .body(Map.of("status", "not ready", "reasons", reasons));
  }

  private Stream<Object> reasons() {
    return indicators.stream()
        .map(HealthIndicator::health)
        .filter(health -> health.getStatus().equals(Status.DOWN))
        .map(health -> health.getDetails().get(REASON));
  }
}
