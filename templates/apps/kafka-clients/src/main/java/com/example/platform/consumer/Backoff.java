package com.example.platform.consumer;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next try. */
public final class Backoff {
  static final long FIRST_MS = 100;
  static final long LONGEST_MS = 10_000;

  private Backoff() {}

  /** Doubles with each attempt. Full jitter above the floor: consumers don't return in step. */
  public static Duration after(int attempts) {
    long ceiling = Math.min(LONGEST_MS, FIRST_MS << Math.min(attempts, 10));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(FIRST_MS, ceiling + 1));
  }
}
