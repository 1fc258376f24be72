package com.example.platform.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** Delivery and batches take milliseconds, or as long as a broker or a store is away. */
final class Buckets {
  static final Duration[] UP_TO_30_SECONDS =
      LongStream.of(
              1_000,
              2_500,
              5_000,
              10_000,
              25_000,
              50_000,
              100_000,
              250_000,
              500_000,
              1_000_000,
              2_500_000,
              5_000_000,
              10_000_000,
              30_000_000)
          .mapToObj(micros -> Duration.ofNanos(micros * 1000))
          .toArray(Duration[]::new);

  private Buckets() {}
}
