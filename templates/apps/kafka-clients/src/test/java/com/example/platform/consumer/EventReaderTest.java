package com.example.platform.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.kafka.Assignment;
import com.example.platform.metrics.ConsumerMetrics;
import com.example.platform.store.Database;
import com.example.platform.store.EventStore;
import com.example.platform.support.Note;
import com.example.platform.support.Notes;
import com.example.platform.support.Records;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class EventReaderTest {
  private static final TopicPartition FIRST = new TopicPartition(Records.TOPIC, 0);
  private static final TopicPartition SECOND = new TopicPartition(Records.TOPIC, 1);

  @TempDir private Path folder;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ConsumerMetrics metrics = new ConsumerMetrics(registry, Records.TOPIC);
  private final Consumer consumer = new Consumer();
  private final Assignment assignment = new Assignment();
  private final List<DeadLetter> written = new ArrayList<>();
  private Path inTheWay;
  private EventStore<Note> store;

  @BeforeEach
  void open() {
    inTheWay = folder.resolve("data");
    store = new EventStore<>(Database.of("sqlite:///" + inTheWay + "/s.db"), new Notes());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatIsAppliedIsCommittedWhenTheIntervalIsOver() {
    EventReader reader = reader(Duration.ZERO);
    consumer.addRecord(Records.of(Note.of(1)));
    consumer.addRecord(Records.of(Note.of(2)));
    reader.read();
    assertThat(store.stats()).containsEntry("events", 2L);
    assertThat(committed(FIRST)).contains(3L);
  }

  @Test
  void offsetsWaitForTheIntervalAndForTheStop() {
    EventReader reader = reader(Duration.ofHours(1));
    consumer.addRecord(Records.of(Note.of(1)));
    reader.read();
    assertThat(committed(FIRST)).isEmpty();
    reader.close();
    assertThat(committed(FIRST)).contains(2L);
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void aCommitThatFailsIsTriedAgain() {
    EventReader reader = reader(Duration.ZERO);
    consumer.addRecord(Records.of(Note.of(1)));
    consumer.commitFailure = true;
    reader.read();
    assertThat(committed(FIRST)).isEmpty();
    consumer.commitFailure = false;
    reader.read();
    assertThat(committed(FIRST)).contains(2L);
  }

  @Test
  void whileTheStoreIsAwayPartitionsArePausedAndPollsGoOn() throws Exception {
    EventReader reader = reader(Duration.ZERO);
    Files.writeString(inTheWay, "");
    consumer.addRecord(Records.of(Note.of(1)));
    reader.read();
    assertThat(consumer.paused()).containsExactlyInAnyOrder(FIRST, SECOND);
    assertThat(registry.get("app.consumer.paused").gauge().value()).isEqualTo(1);
    consumer.addRecord(Records.of(Note.of(2)));
    reader.read();
    assertThat(committed(FIRST)).isEmpty();
    Files.delete(inTheWay);
    readUntilResumed(reader);
    assertThat(committed(FIRST)).contains(2L);
    reader.read();
    assertThat(committed(FIRST)).contains(3L);
    assertThat(store.stats()).containsEntry("events", 2L).containsEntry("effects", 2L);
    assertThat(registry.get("app.consumer.paused").gauge().value()).isZero();
    assertThat(registry.get("app.events.consumed").counter().count()).isEqualTo(2);
  }

  @Test
  void aPartitionThatComesDuringAPauseIsPausedToo() throws Exception {
    EventReader reader = reader(Duration.ZERO);
    Files.writeString(inTheWay, "");
    consumer.rebalance(List.of(FIRST));
    consumer.addRecord(Records.of(Note.of(1)));
    reader.read();
    consumer.rebalance(List.of(FIRST, SECOND));
    assertThat(consumer.paused()).containsExactlyInAnyOrder(FIRST, SECOND);
  }

  @Test
  void whatIsDoneIsCommittedBeforeAPartitionIsGivenUp() {
    EventReader reader = reader(Duration.ofHours(1));
    consumer.addRecord(Records.of(Note.of(1)));
    reader.read();
    consumer.rebalance(List.of(SECOND));
    assertThat(committed(FIRST)).contains(2L);
    assertThat(assignment.partitions()).containsExactly(SECOND);
  }

  @Test
  void whatARebalanceTakesFromABatchThatWaitsIsLeftToOthers() throws Exception {
    EventReader reader = reader(Duration.ZERO);
    Files.writeString(inTheWay, "");
    consumer.addRecord(Records.of(Note.of(1)));
    consumer.addRecord(Records.of(1, 7, Records.bytes("{")));
    reader.read();
    consumer.rebalance(List.of(FIRST));
    Files.delete(inTheWay);
    readUntilResumed(reader);
    assertThat(written).isEmpty();
    assertThat(committed(FIRST)).contains(2L);
    assertThat(committed(SECOND)).isEmpty();
  }

  @Test
  void aPartitionThatWasLostIsNotCommitted() {
    EventReader reader = reader(Duration.ofHours(1));
    consumer.addRecord(Records.of(Note.of(1)));
    reader.read();
    reader.onPartitionsLost(List.of(FIRST, SECOND));
    reader.close();
    assertThat(committed(FIRST)).isEmpty();
    assertThat(assignment.problem()).contains("no partition is assigned");
  }

  private EventReader reader(Duration commitInterval) {
    DeadLetters deadLetters =
        letters -> {
          written.addAll(letters);
          return List.of();
        };
    var processor = new BatchProcessor<>(store, deadLetters, metrics);
    var reader =
        new EventReader(consumer, processor, assignment, metrics, commitInterval)
            .subscribe(Records.TOPIC);
    consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
    consumer.rebalance(List.of(FIRST, SECOND));
    return reader;
  }

  private void readUntilResumed(EventReader reader) {
    do {
      reader.read();
    } while (registry.get("app.consumer.paused").gauge().value() > 0);
  }

  private Optional<Long> committed(TopicPartition partition) {
    return Optional.ofNullable(consumer.committed.get(partition)).map(OffsetAndMetadata::offset);
  }

  /** Remembers commits over its end, and refuses them when told to. */
  private static final class Consumer extends MockConsumer<byte[], byte[]> {
    private final Map<TopicPartition, OffsetAndMetadata> committed = new java.util.HashMap<>();
    private boolean commitFailure;

    Consumer() {
      super("earliest");
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
      if (commitFailure) {
        throw new TimeoutException("no coordinator");
      }
      super.commitSync(offsets, timeout);
      committed.putAll(offsets);
    }

    @Override
    public synchronized void addRecord(ConsumerRecord<byte[], byte[]> record) {
      assertThat(assignment()).isNotEqualTo(Set.of());
      super.addRecord(record);
    }
  }
}
