package com.example.platform.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PartsTest {
  @Test
  void whatWasAddedLastStopsFirstAndAllStopAlsoWhenOneFails() {
    List<String> stopped = new ArrayList<>();
    Parts parts = new Parts();
    parts.add(() -> stopped.add("store"));
    parts.add(
        () -> {
          throw new IllegalStateException("no");
        });
    parts.add(() -> stopped.add("http"));
    parts.close();
    assertThat(stopped).containsExactly("http", "store");
  }

  @Test
  void aTaskIsDoneAgainAndAgainAndItsFailureIsABug() {
    Shutdown shutdown = mock(Shutdown.class);
    AtomicInteger times = new AtomicInteger();
    try (Schedule schedule = new Schedule(shutdown)) {
      schedule.every(
          Duration.ofMillis(1),
          () -> {
            if (times.incrementAndGet() == 3) {
              throw new IllegalStateException("a bug");
            }
          });
      verify(shutdown, timeout(2000)).bug(any());
    }
    assertThat(times.get()).isGreaterThanOrEqualTo(3);
  }
}
