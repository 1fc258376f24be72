package com.example.platform.consumer;

import com.example.platform.kafka.Refusal;
import com.example.platform.kafka.RefusedForGood;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd;
import org.springframework.kafka.support.SendResult;

/** Dead letters of a whole batch, written together; the platform's headers instead of Spring's. */
public final class DeadLetterTopic implements DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTopic.class);

  private final Recoverer recoverer;

  public DeadLetterTopic(KafkaTemplate<byte[], byte[]> template, String topic, String group) {
    recoverer = new Recoverer(template, topic, group);
  }

  @Override
  public List<DeadLetter> write(List<DeadLetter> letters) {
    Map<DeadLetter, CompletableFuture<?>> writes = new LinkedHashMap<>();
    for (DeadLetter letter : letters) {
      writes.put(letter, recoverer.write(letter));
    }
    List<DeadLetter> left = new ArrayList<>();
    writes.forEach(
        (letter, write) -> {
          if (!isAcknowledged(write)) {
            left.add(letter);
          }
        });
    return left;
  }

  private static boolean isAcknowledged(CompletableFuture<?> write) {
    try {
      write.join();
      return true;
    } catch (CompletionException error) {
      Refusal.writing(error)
          .ifPresent(
              reason -> {
                throw new RefusedForGood("no dead letter can be written, " + reason, error);
              });
      LOG.error("Dead letter not written: {}", error.getCause().getMessage());
      return false;
    }
  }

  /** Gives each write back instead of waiting for it. */
  private static final class Recoverer extends DeadLetterPublishingRecoverer {
    private CompletableFuture<SendResult<Object, Object>> write;

    Recoverer(KafkaTemplate<byte[], byte[]> template, String topic, String group) {
      // By key, like the records that they were.
      super(template, (record, cause) -> new TopicPartition(topic, -1));
      excludeHeader(HeadersToAdd.values());
      setHeadersFunction((record, cause) -> headers(((Cause) cause).letter, group));
    }

    CompletableFuture<?> write(DeadLetter letter) {
      try {
        accept(letter.record(), new Cause(letter));
        return write;
      } catch (KafkaException | org.apache.kafka.common.KafkaException error) {
        // The topic or room for it could not be had in time.
        return CompletableFuture.failedFuture(error);
      }
    }

    /** Single: they replace those of an earlier death. */
    private static Headers headers(DeadLetter letter, String group) {
      Headers headers = new RecordHeaders();
      DeadLetterHeaders.added(letter, group)
          .forEach((name, value) -> headers.add(new SingleRecordHeader(name, value)));
      return headers;
    }

    @Override
    protected void publish(
        ProducerRecord<Object, Object> dead,
        KafkaOperations<Object, Object> template,
        ConsumerRecord<?, ?> record) {
      write = template.send(dead);
    }
  }

  /** Brings the reason to the place where headers are made. */
  private static final class Cause extends Exception {
    private static final long serialVersionUID = 1;

    private final transient DeadLetter letter;

    Cause(DeadLetter letter) {
      super(letter.message());
      this.letter = letter;
    }
  }
}
