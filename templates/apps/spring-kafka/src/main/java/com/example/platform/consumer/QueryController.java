package com.example.platform.consumer;

import com.example.platform.store.EventStore;
import com.example.platform.web.NotFound;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Questions about what has been applied, whatever the use case. */
@RestController
final class QueryController {
  private final EventStore<?> store;

  QueryController(EventStore<?> store) {
    this.store = store;
  }

  @GetMapping("/events/{eventId}")
  Map<String, Object> event(@PathVariable String eventId) {
    return store.find(canonical(eventId)).orElseThrow(NotFound::new);
  }

  @GetMapping("/stats")
  Map<String, Long> stats() {
    return store.stats();
  }

  private static String canonical(String eventId) {
    try {
      return UUID.fromString(eventId).toString();
    } catch (IllegalArgumentException error) {
      throw new NotFound();
    }
  }
}
