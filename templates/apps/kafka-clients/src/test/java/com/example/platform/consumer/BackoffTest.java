package com.example.platform.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  @ParameterizedTest
  @CsvSource({"1, 200", "3, 800", "7, 10000", "1000, 10000"})
  void waitsGrowUpToTenSecondsAndAreSpread(int attempts, long longest) {
    var waits = IntStream.range(0, 200).mapToObj(n -> Backoff.after(attempts)).toList();
    assertThat(waits)
        .allMatch(wait -> wait.compareTo(Duration.ofMillis(100)) >= 0)
        .allMatch(wait -> wait.compareTo(Duration.ofMillis(longest)) <= 0);
    assertThat(waits.stream().distinct().count()).isGreaterThan(20);
  }
}
