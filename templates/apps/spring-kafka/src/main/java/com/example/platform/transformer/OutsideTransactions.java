package com.example.platform.transformer;

import com.example.platform.kafka.Restart;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;

/** What fails while nothing is written; a batch that fails is left to Rollback. */
final class OutsideTransactions implements CommonErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(OutsideTransactions.class);

  private final Restart restart;

  OutsideTransactions(Restart restart) {
    this.restart = restart;
  }

  /** What is thrown here aborts the transaction. */
  @Override
  public void handleBatch(
      Exception thrown,
      ConsumerRecords<?, ?> records,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      Runnable invokeListener) {
    throw thrown instanceof RuntimeException failure ? failure : new KafkaException(thrown);
  }

  @Override
  public void handleOtherException(
      Exception thrown,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      boolean batchListener) {
    if (thrown instanceof UnreleasedInstanceIdException) {
      restart.soon(thrown.getMessage());
    } else {
      LOG.warn("Kafka: {}", thrown.getMessage());
    }
  }
}
