package com.example.platform.consumer;

import java.util.HashSet;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records on their way, and how far they have come. */
public final class Batch {
  private List<ConsumerRecord<byte[], byte[]>> records;
  private List<DeadLetter> dead = List.of();
  private int attempts;
  private boolean applied;

  public Batch(List<ConsumerRecord<byte[], byte[]>> records) {
    this.records = List.copyOf(records);
  }

  public List<ConsumerRecord<byte[], byte[]>> records() {
    return records;
  }

  /** Those whose dead letters have yet to be written. */
  public List<DeadLetter> dead() {
    return dead;
  }

  public int attempts() {
    return attempts;
  }

  /** Its effects are in the store; only dead letters may be left to write. */
  boolean isApplied() {
    return applied;
  }

  void begin() {
    attempts++;
  }

  void applied(List<DeadLetter> failed) {
    dead = List.copyOf(failed);
    applied = true;
  }

  void left(List<DeadLetter> unwritten) {
    dead = List.copyOf(unwritten);
  }

  /** Whether these records are what is left of it after a rebalance, or all of it. */
  public boolean holds(List<ConsumerRecord<byte[], byte[]>> some) {
    return new HashSet<>(records).containsAll(some);
  }

  /** The others are read by another member now. */
  public void keepOnly(List<ConsumerRecord<byte[], byte[]>> some) {
    records = List.copyOf(some);
    dead = dead.stream().filter(letter -> records.contains(letter.record())).toList();
  }
}
