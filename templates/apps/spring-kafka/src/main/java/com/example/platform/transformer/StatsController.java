package com.example.platform.transformer;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /stats}. */
@RestController
final class StatsController {
  private final TransactionCounts counts;

  StatsController(TransactionCounts counts) {
    this.counts = counts;
  }

  @GetMapping("/stats")
  Map<String, Long> stats() {
    return counts.stats();
  }
}
