package com.example.platform.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far behind we are, as the brokers see it. The consumer's own number counts from what was
 * fetched, not from what was committed, and stands still while partitions are paused.
 */
public final class LagMonitor implements AutoCloseable {
  public static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(LagMonitor.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

  private final Supplier<Admin> connect;
  private final String group;
  private final Supplier<Set<TopicPartition>> assigned;
  private final Consumer<Map<TopicPartition, Long>> lags;
  private Admin admin;

  public LagMonitor(
      Supplier<Admin> connect,
      String group,
      Supplier<Set<TopicPartition>> assigned,
      Consumer<Map<TopicPartition, Long>> lags) {
    this.connect = connect;
    this.group = group;
    this.assigned = assigned;
    this.lags = lags;
  }

  /** To be called from one thread only. */
  public void measure() {
    Set<TopicPartition> partitions = assigned.get();
    try {
      if (admin == null && !partitions.isEmpty()) {
        admin = connect.get();
      }
      lags.accept(partitions.isEmpty() ? Map.of() : lag(partitions));
    } catch (ExecutionException | KafkaException error) {
      LOG.debug("The lag is not known at the moment: {}", error.getMessage());
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(CLOSE_TIMEOUT);
    }
  }

  private Map<TopicPartition, Long> lag(Set<TopicPartition> partitions)
      throws InterruptedException, ExecutionException {
    var spec = new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(Map.of(group, spec))
            .partitionsToOffsetAndMetadata(group)
            .get();
    Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
    Map<TopicPartition, Long> begins =
        offsets(
            partitions.stream()
                .filter(partition -> committed.get(partition) == null)
                .collect(Collectors.toSet()),
            OffsetSpec.earliest());
    Map<TopicPartition, Long> lag = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      long position = offset == null ? begins.get(partition) : offset.offset();
      lag.put(partition, Math.max(0, ends.get(partition) - position));
    }
    return lag;
  }

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which)
      throws InterruptedException, ExecutionException {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    // read_committed ends at the last stable offset.
    var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    return admin
        .listOffsets(
            partitions.stream().collect(Collectors.toMap(partition -> partition, p -> which)),
            options)
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, found -> found.getValue().offset()));
  }
}
