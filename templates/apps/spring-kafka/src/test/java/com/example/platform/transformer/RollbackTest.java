package com.example.platform.transformer;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.example.platform.process.Shutdown;
import com.example.platform.support.Records;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ContainerProperties.EOSMode;
import org.springframework.kafka.listener.MessageListenerContainer;

class RollbackTest {
  private static final ConsumerRecord<byte[], byte[]> RECORD = Records.of(41, "{");
  private static final TopicPartition PARTITION = new TopicPartition(Records.TOPIC, 0);

  @SuppressWarnings("unchecked")
  private final Consumer<byte[], byte[]> consumer = mock(Consumer.class);

  @SuppressWarnings("unchecked")
  private final ProducerFactory<byte[], byte[]> producers = mock(ProducerFactory.class);

  private final MessageListenerContainer container = mock(MessageListenerContainer.class);
  private final Shutdown shutdown = mock(Shutdown.class);
  private final TransactionEnd end = mock(TransactionEnd.class);

  @BeforeEach
  void running() {
    when(container.isRunning()).thenReturn(true);
    when(consumer.assignment()).thenReturn(Set.of(PARTITION));
    when(consumer.committed(Set.of(PARTITION)))
        .thenReturn(Map.of(PARTITION, new OffsetAndMetadata(42)));
    when(producers.createProducer())
        .thenReturn(
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  @Test
  void readingGoesOnAtTheCommittedOffset() {
    rollBack(new TimeoutException("the commit got no answer"));
    verify(consumer).seek(PARTITION, new OffsetAndMetadata(42));
    verify(shutdown, never()).refused(anyString());
  }

  @Test
  void readingGoesOnAtTheBeginningWhereNothingIsCommitted() {
    when(consumer.committed(Set.of(PARTITION)))
        .thenReturn(Collections.singletonMap(PARTITION, null));
    rollBack(new KafkaException("a broker is away"));
    verify(consumer).seekToBeginning(List.of(PARTITION));
  }

  @Test
  void aCommittedOffsetThatIsNotToldYetIsAskedForAgain() {
    when(consumer.committed(Set.of(PARTITION)))
        .thenThrow(new TimeoutException("no coordinator"))
        .thenReturn(Map.of(PARTITION, new OffsetAndMetadata(41)));
    rollBack(new KafkaException("a broker is away"));
    verify(consumer).seek(PARTITION, new OffsetAndMetadata(41));
  }

  @Test
  void anInstanceThatWasReplacedEndsInsteadOfTakingTheIdBack() {
    rollBack(new IllegalStateException(new ProducerFencedException("newer epoch")));
    verify(shutdown).refused("another instance took over this KAFKA_TRANSACTIONAL_ID");
    verify(container).stop(any());
    verifyNoInteractions(producers);
  }

  @Test
  void aTransactionThatTheCoordinatorTimedOutIsNoOtherInstance() {
    when(end.tookTooLong()).thenReturn(true);
    rollBack(new IllegalStateException(new ProducerFencedException("newer epoch")));
    verify(shutdown, never()).refused(anyString());
    verify(consumer).seek(PARTITION, new OffsetAndMetadata(42));
  }

  private void rollBack(Exception cause) {
    new Rollback(producers, end, shutdown)
        .process(List.of(RECORD), consumer, container, cause, false, EOSMode.V2);
  }
}
