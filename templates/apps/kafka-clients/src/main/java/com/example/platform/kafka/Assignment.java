package com.example.platform.kafka;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions that we have, for those who ask from other threads than the consumer's. */
public final class Assignment {
  private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

  private final Set<TopicPartition> partitions = ConcurrentHashMap.newKeySet();
  private volatile boolean hadSome;

  public Set<TopicPartition> partitions() {
    return Set.copyOf(partitions);
  }

  /** Whether the group has let us in, ever. */
  public boolean hadSome() {
    return hadSome;
  }

  /** Why nothing is read. */
  public Optional<String> problem() {
    return partitions.isEmpty() ? Optional.of("no partition is assigned") : Optional.empty();
  }

  public void add(Collection<TopicPartition> assigned) {
    partitions.addAll(assigned);
    hadSome = true;
    LOG.info("Assigned: {}", numbers(assigned));
  }

  public void remove(Collection<TopicPartition> revoked) {
    partitions.removeAll(revoked);
    LOG.info("Given up: {}", numbers(revoked));
  }

  private static String numbers(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .map(TopicPartition::partition)
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }
}
