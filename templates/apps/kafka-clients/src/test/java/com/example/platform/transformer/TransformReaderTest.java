package com.example.platform.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.platform.consumer.DeadLetterRecords;
import com.example.platform.kafka.Assignment;
import com.example.platform.kafka.Refusal;
import com.example.platform.kafka.RefusedForGood;
import com.example.platform.metrics.TransformerMetrics;
import com.example.platform.support.Note;
import com.example.platform.support.Notes;
import com.example.platform.support.Records;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransformReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition(Records.TOPIC, 0);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TransactionCounts counts =
      new TransactionCounts(new TransformerMetrics(registry, Records.TOPIC));
  private final Consumer consumer = new Consumer();
  private final Transactions first = new Transactions();
  private final Deque<Transactions> producers = new ArrayDeque<>(List.of(first));
  private final Assignment assignment = new Assignment();
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");
  private final TransformReader reader =
      new TransformReader(
          consumer,
          producers::pop,
          new EventTransform<>(new Notes(), "derived"),
          new DeadLetterRecords("events.dlq", "readers"),
          counts,
          assignment,
          () -> now);

  @BeforeEach
  void subscribe() {
    reader.subscribe(Records.TOPIC);
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.rebalance(List.of(PARTITION));
    committed(0);
  }

  @Test
  void derivedEventsDeadLettersAndOffsetsAreOneTransaction() {
    poll(Note.of(1), Note.of(2, "ben", Notes.UNSPEAKABLE));
    assertThat(first.history())
        .extracting(ProducerRecord::topic)
        .containsExactly("derived", "events.dlq");
    assertThat(first.commitCount()).isEqualTo(1);
    assertThat(offset(first)).isEqualTo(3);
    assertThat(counts.stats()).isEqualTo(Map.of("transformed", 1L, "deadLettered", 1L));
    assertThat(registry.get("app.transactions").tag("outcome", "committed").counter().count())
        .isEqualTo(1);
  }

  @Test
  void whatCouldNotBeCommittedIsReadAgain() {
    first.sendOffsetsToTransactionException = new CommitFailedException("rebalanced");
    assertThatThrownBy(() -> poll(Note.of(1))).isInstanceOf(CommitFailedException.class);
    assertThat(first.transactionAborted()).isTrue();
    assertThat(counts.stats()).containsEntry("transformed", 0L);
    first.sendOffsetsToTransactionException = null;
    poll(Note.of(1));
    assertThat(first.history()).hasSize(1);
    assertThat(offset(first)).isEqualTo(2);
    assertThat(registry.get("app.transactions").tag("outcome", "aborted").counter().count())
        .isEqualTo(1);
  }

  @Test
  void readingAgainBeginsWhereTheGroupHasCommitted() {
    committed(5);
    first.commitTransactionException = new KafkaException("a record was not written");
    assertThatThrownBy(() -> poll(Note.of(5), Note.of(6))).isInstanceOf(KafkaException.class);
    first.commitTransactionException = null;
    reader.read();
    assertThat(consumer.position(PARTITION)).isEqualTo(5);
  }

  @Test
  void readingAgainBeginsAtTheBeginningWhereNothingIsCommitted() {
    consumer.nothingCommitted = true;
    first.commitTransactionException = new KafkaException("a record was not written");
    assertThatThrownBy(() -> poll(Note.of(5))).isInstanceOf(KafkaException.class);
    reader.read();
    assertThat(consumer.position(PARTITION)).isZero();
  }

  @Test
  void aCommitThatTimesOutIsAskedForAgain() {
    first.timeouts = 2;
    poll(Note.of(1));
    assertThat(first.commitCount()).isEqualTo(1);
    assertThat(counts.stats()).containsEntry("transformed", 1L);
  }

  @Test
  void anInstanceThatWasReplacedHearsItFromTheAbortAndTakesNothingBack() {
    first.sendOffsetsToTransactionException = new KafkaException("invalid epoch");
    first.abortTransactionException = new ProducerFencedException("newer epoch");
    assertThatThrownBy(() -> poll(Note.of(1))).isInstanceOf(ProducerFencedException.class);
    assertThat(first.closed()).isTrue();
  }

  @Test
  void aTransactionThatTheCoordinatorTimedOutIsNoOtherInstance() {
    Transactions second = new Transactions();
    producers.add(second);
    first.onSend = () -> now = now.plusSeconds(30);
    first.commitTransactionException = new ProducerFencedException("newer epoch");
    first.abortTransactionException = new ProducerFencedException("newer epoch");
    assertThatThrownBy(() -> poll(Note.of(1)))
        .satisfies(error -> assertThat(Refusal.fenced(error)).isEmpty());
    poll(Note.of(1));
    assertThat(second.commitCount()).isEqualTo(1);
  }

  @Test
  void whatWillNeverBeWrittenEndsTheService() {
    first.commitTransactionException =
        new KafkaException("in error state", new TopicAuthorizationException(Set.of("derived")));
    assertThatThrownBy(() -> poll(Note.of(1)))
        .isInstanceOf(RefusedForGood.class)
        .hasMessage("no right to use the topic derived");
    assertThat(first.transactionAborted()).isTrue();
  }

  @Test
  void aProducerThatIsOfNoMoreUseIsReplaced() {
    Transactions second = new Transactions();
    producers.add(second);
    first.sendOffsetsToTransactionException = new KafkaException("invalid mapping");
    first.abortTransactionException = new KafkaException("in error state");
    assertThatThrownBy(() -> poll(Note.of(1))).hasMessage("in error state");
    poll(Note.of(1));
    assertThat(second.transactionInitialized()).isTrue();
    assertThat(second.commitCount()).isEqualTo(1);
    reader.close();
    assertThat(second.closed()).isTrue();
  }

  @Test
  void aTransactionalIdThatCanNotBeHadYetIsAskedForAgainWithAnotherProducer() {
    first.initTransactionException = new TimeoutException("no coordinator");
    assertThatThrownBy(reader::read).isInstanceOf(TimeoutException.class);
    assertThat(first.closed()).isTrue();
    Transactions second = new Transactions();
    producers.add(second);
    poll(Note.of(1));
    assertThat(second.commitCount()).isEqualTo(1);
  }

  private void poll(Note... notes) {
    for (Note note : notes) {
      consumer.addRecord(Records.of(note));
    }
    reader.read();
  }

  private void committed(long offset) {
    consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(offset)));
  }

  private static long offset(Transactions producer) {
    var offsets = producer.consumerGroupOffsetsHistory().get(0);
    return offsets.values().iterator().next().get(PARTITION).offset();
  }

  /** Names partitions without a commit as well when told to, as the real one does. */
  private static final class Consumer extends MockConsumer<byte[], byte[]> {
    private boolean nothingCommitted;

    Consumer() {
      super("earliest");
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
        Set<TopicPartition> partitions) {
      return nothingCommitted
          ? Collections.singletonMap(PARTITION, null)
          : super.committed(partitions);
    }
  }

  /** Commits time out as often as told. */
  private static final class Transactions extends MockProducer<byte[], byte[]> {
    private int timeouts;
    private Runnable onSend = () -> {};

    Transactions() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      onSend.run();
      return super.send(record, callback);
    }

    @Override
    public void commitTransaction() {
      if (timeouts > 0) {
        timeouts--;
        throw new TimeoutException("no coordinator");
      }
      super.commitTransaction();
    }
  }
}
