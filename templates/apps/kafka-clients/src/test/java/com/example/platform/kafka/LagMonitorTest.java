package com.example.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class LagMonitorTest {
  private static final TopicPartition READ = new TopicPartition("events", 0);
  private static final TopicPartition UNREAD = new TopicPartition("events", 1);

  private final Admin admin = mock(Admin.class);
  private Map<TopicPartition, Long> lags;

  @Test
  void lagIsFromTheCommittedOffsetOrTheBeginningToTheEnd() {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    committed.put(READ, new OffsetAndMetadata(70));
    committed.put(UNREAD, null);
    committed(KafkaFuture.completedFuture(committed));
    when(admin.listOffsets(anyMap(), any()))
        .thenAnswer(asked -> offsets(asked.<Map<TopicPartition, OffsetSpec>>getArgument(0)));
    monitor(Set.of(READ, UNREAD)).measure();
    assertThat(lags).isEqualTo(Map.of(READ, 30L, UNREAD, 90L));
  }

  @Test
  void withoutPartitionsNothingIsAsked() {
    monitor(Set.of()).measure();
    assertThat(lags).isEmpty();
    verifyNoInteractions(admin);
  }

  @Test
  void anUnknownLagChangesNothing() {
    KafkaFutureImpl<Map<TopicPartition, OffsetAndMetadata>> failed = new KafkaFutureImpl<>();
    failed.completeExceptionally(new TimeoutException("no answer"));
    committed(failed);
    monitor(Set.of(READ)).measure();
    assertThat(lags).isNull();
  }

  private LagMonitor monitor(Set<TopicPartition> assigned) {
    return new LagMonitor(() -> admin, "group", () -> assigned, measured -> lags = measured);
  }

  private void committed(KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> answer) {
    ListConsumerGroupOffsetsResult result = mock(ListConsumerGroupOffsetsResult.class);
    when(result.partitionsToOffsetAndMetadata("group")).thenReturn(answer);
    when(admin.listConsumerGroupOffsets(anyMap())).thenReturn(result);
  }

  /** From 10 to 100. */
  private static ListOffsetsResult offsets(Map<TopicPartition, OffsetSpec> asked) {
    return new ListOffsetsResult(
        asked.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry ->
                        KafkaFuture.completedFuture(
                            new ListOffsetsResult.ListOffsetsResultInfo(
                                entry.getValue() instanceof OffsetSpec.EarliestSpec ? 10 : 100,
                                0,
                                Optional.empty())))));
  }
}
