package com.example.platform.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.platform.settings.SettingsError;
import com.example.platform.support.Records;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final String DEAD_LETTERS = "events.dlq";
  private static final TopicPartition PARTITION = new TopicPartition(DEAD_LETTERS, 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private MockProducer<byte[], byte[]> producer = producer(true);
  private boolean stopped;

  @BeforeEach
  void deadLetters() {
    consumer.updatePartitions(
        DEAD_LETTERS, List.of(new PartitionInfo(DEAD_LETTERS, 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 3L));
    consumer.schedulePollTask(
        () -> {
          consumer.addRecord(dead(0, "events"));
          consumer.addRecord(dead(1, "elsewhere"));
          consumer.addRecord(dead(2, "events"));
          // Arrived since the replay began.
          consumer.addRecord(dead(3, "events"));
        });
  }

  @Test
  void recordsAreSentAgainWithoutTheHeadersOfTheirDeath() throws Exception {
    replay();
    assertThat(producer.history()).hasSize(2);
    var again = producer.history().get(0);
    assertThat(again.topic()).isEqualTo("events");
    assertThat(again.key()).isEqualTo(Records.bytes("ann"));
    assertThat(again.value()).isEqualTo(Records.bytes("value 0"));
    assertThat(Arrays.stream(again.headers().toArray()))
        .extracting(h -> h.key() + "=" + new String(h.value(), StandardCharsets.UTF_8))
        .containsExactly("correlation-id=c-0", "replayed-from=events.dlq/0/0");
  }

  @Test
  void offsetsAreCommittedUpToTheEndThatWasThereAtTheStart() throws Exception {
    replay();
    assertThat(committed()).isEqualTo(3);
  }

  @Test
  void aLimitLeavesTheRestForTheNextTime() throws Exception {
    replay("--limit", "1");
    assertThat(producer.history()).hasSize(1);
    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void whatIsSkippedDoesNotCountAgainstTheLimit() throws Exception {
    replay("--limit", "2");
    assertThat(producer.history()).hasSize(2);
    assertThat(committed()).isEqualTo(3);
  }

  @Test
  void aReplayThatIsStoppedBeginsNoOtherBatch() throws Exception {
    stopped = true;
    replay();
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void aTopicThatDoesNotExistIsNoEmptyOne() {
    consumer.updatePartitions(DEAD_LETTERS, List.of());
    assertThatThrownBy(this::replay).hasMessage("The topic events.dlq does not exist");
  }

  @Test
  void aDryRunWritesAndCommitsNothing() throws Exception {
    replay("--dry-run");
    assertThat(producer.history()).isEmpty();
    assertThat(consumer.committed(Set.of(PARTITION))).isEmpty();
  }

  @Test
  void aRecordThatCanNotBeWrittenIsNotCommitted() {
    producer = producer(false);
    consumer.schedulePollTask(() -> {});
    producer.sendException = new TimeoutException("no broker");
    assertThatThrownBy(this::replay).isInstanceOf(KafkaException.class);
    assertThat(consumer.committed(Set.of(PARTITION))).isEmpty();
  }

  @Test
  void otherOptionsAreRefusedWithTheUsage() {
    for (String[] options :
        new String[][] {{"--limit"}, {"--limit", "0"}, {"--limit", "x"}, {"--all"}}) {
      assertThatThrownBy(() -> ReplayOptions.of(options))
          .isInstanceOf(SettingsError.class)
          .hasMessageContaining("usage: replay");
    }
  }

  private void replay(String... options) throws InterruptedException {
    new Replay(consumer, producer, "events", ReplayOptions.of(options), () -> stopped)
        .run(DEAD_LETTERS, new FirstContact("broker:9092", FirstContact.PATIENCE));
  }

  private long committed() {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.of(PARTITION));
    return committed.get(PARTITION).offset();
  }

  private static ConsumerRecord<byte[], byte[]> dead(long offset, String origin) {
    var record =
        new ConsumerRecord<>(
            DEAD_LETTERS, 0, offset, Records.bytes("ann"), Records.bytes("value " + offset));
    record.headers().add("correlation-id", Records.bytes("c-" + offset));
    record.headers().add("dlq-original-topic", Records.bytes(origin));
    record.headers().add("dlq-attempts", Records.bytes("1"));
    return record;
  }

  private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
