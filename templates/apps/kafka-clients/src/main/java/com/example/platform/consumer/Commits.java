package com.example.platform.consumer;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offsets of what is done, until they are committed: not after each batch, because a commit is a
 * round trip, and before a partition is given up, because whoever gets it starts from there.
 */
final class Commits {
  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final Duration interval;
  private final Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
  private long last = System.nanoTime();

  Commits(Consumer<byte[], byte[]> consumer, Duration interval) {
    this.consumer = consumer;
    this.interval = interval;
  }

  void done(Map<TopicPartition, OffsetAndMetadata> next) {
    due.putAll(next);
  }

  void commitIfDue() {
    if (System.nanoTime() - last >= interval.toNanos()) {
      commit();
    }
  }

  void commit() {
    last = System.nanoTime();
    if (due.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(due, TIMEOUT);
      due.clear();
    } catch (KafkaException error) {
      // They stay due. If it never works, they are read again by whoever comes next, and known by
      // event id.
      LOG.warn("Offsets not committed: {}", error.getMessage());
    }
  }

  void forget(Collection<TopicPartition> partitions) {
    due.keySet().removeAll(partitions);
  }
}
