package com.example.platform.transformer;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.example.platform.process.Shutdown;
import com.example.platform.support.Records;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ContainerProperties.EOSMode;
import org.springframework.kafka.listener.MessageListenerContainer;

class RollbackTest {
  private static final ConsumerRecord<byte[], byte[]> RECORD = Records.of(41, "{");
  private static final TopicPartition PARTITION = new TopicPartition(Records.TOPIC, 0);

  @SuppressWarnings("unchecked")
  private final Consumer<byte[], byte[]> consumer = mock(Consumer.class);

  private final MessageListenerContainer container = mock(MessageListenerContainer.class);
  private final Shutdown shutdown = mock(Shutdown.class);

  @Test
  void anAbortedBatchIsReadAgain() {
    rollBack(new KafkaException("a broker is away"));
    verify(consumer).seek(PARTITION, 41L);
    verify(shutdown, never()).refused(anyString());
  }

  @Test
  void anInstanceThatWasReplacedEndsInsteadOfTakingTheIdBack() {
    rollBack(new IllegalStateException(new ProducerFencedException("newer epoch")));
    verify(shutdown).refused("another instance took over this KAFKA_TRANSACTIONAL_ID");
    verify(container).stop(any());
    verify(consumer, never()).seek(any(), org.mockito.ArgumentMatchers.anyLong());
  }

  private void rollBack(Exception cause) {
    new Rollback(shutdown)
        .processBatch(
            new ConsumerRecords<>(Map.of(PARTITION, List.of(RECORD)), Map.of()),
            List.of(RECORD),
            consumer,
            container,
            cause,
            false,
            EOSMode.V2);
  }
}
