package com.example.platform.kafka;

import com.example.platform.web.HealthController;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/** The partitions that we have. The container commits what is done before it gives one up. */
public final class Assignment implements ConsumerAwareRebalanceListener, HealthIndicator {
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

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
    partitions.addAll(assigned);
    hadSome = true;
    LOG.info("Assigned: {}", numbers(assigned));
  }

  @Override
  public void onPartitionsRevokedAfterCommit(
      Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
    partitions.removeAll(revoked);
    LOG.info("Given up: {}", numbers(revoked));
  }

  @Override
  public Health health() {
    return partitions.isEmpty()
        ? HealthController.notReady("no partition is assigned")
        : Health.up().build();
  }

  private static String numbers(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .map(TopicPartition::partition)
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }
}
