package com.example.platform.generate;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Everything random in sample events: same seed, same events, on any day. */
public final class Source {
  /** Fixed, so that a rerun produces the same times and the consumer sees duplicates. */
  private static final Instant EPOCH = Instant.parse("2026-01-01T09:00:00Z");

  private static final int MEAN_GAP_MS = 150;
  private static final double LATE_SHARE = 0.01;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT = 0x8000000000000000L;

  // Sample events have to be repeatable, not unguessable.
  private final Random random;
  private Instant now = EPOCH;

  public Source(long seed) {
    random = new Random(seed);
  }

  public UUID eventId() {
    return new UUID(random.nextLong() & ~0xF000L | VERSION_4, random.nextLong() >>> 2 | VARIANT);
  }

  /** Moves on with every event; now and then one is minutes late, as phones in tunnels are. */
  public Instant occurredAt() {
    now = now.plusMillis(1 + (long) (-MEAN_GAP_MS * Math.log(1 - random.nextDouble())));
    return chance(LATE_SHARE) ? now.minusSeconds(between(120, 600)) : now;
  }

  /**
   * An index below {@code count}; a tenth of them gets about half of the draws, as real keys do.
   */
  public int skewed(int count) {
    return (int) (count * Math.pow(random.nextDouble(), 3.3));
  }

  public <T> T pick(List<T> choices) {
    return choices.get(skewed(choices.size()));
  }

  /** From {@code low} to {@code high}, both included. */
  public int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  public boolean chance(double share) {
    return random.nextDouble() < share;
  }

  /** Most are short, some are very long, as stays on a page and calls to a tool are. */
  public long lognormal(double mean, double deviation) {
    return (long) Math.exp(mean + deviation * random.nextGaussian());
  }

  public String reference(String prefix) {
    return "%s-%010x".formatted(prefix, random.nextLong() >>> 24);
  }
}
