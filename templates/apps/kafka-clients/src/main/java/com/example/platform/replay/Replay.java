package com.example.platform.replay;

import static com.example.platform.logs.RecordFields.about;

import com.example.platform.consumer.DeadLetterHeaders;
import com.example.platform.kafka.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends dead letters to their topic again, from where the last replay ended to what is the end now:
 * what fails again and comes back as a dead letter is for the next replay.
 */
final class Replay {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final ReplayOptions options;
  private final BooleanSupplier stopped;
  private long replayed;
  private long skipped;

  Replay(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      String topic,
      ReplayOptions options,
      BooleanSupplier stopped) {
    this.consumer = consumer;
    this.producer = producer;
    this.topic = topic;
    this.options = options;
    this.stopped = stopped;
  }

  /** Throws if a record could not be written; what was written before is committed. */
  void run(String deadLetterTopic, FirstContact contact) throws InterruptedException {
    List<TopicPartition> partitions =
        contact.partitions(consumer, deadLetterTopic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException(
          "The topic %s does not exist".formatted(deadLetterTopic));
    }
    // Assigned, not subscribed: one replay at a time needs no group to share partitions with.
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!stopped.getAsBoolean() && replayed < options.limit() && isBefore(ends)) {
      replay(upTo(ends));
    }
  }

  /** Also of one that failed. */
  void tellNumbers() {
    tellNumbers(replayed, skipped, options);
  }

  static void tellNumbers(long replayed, long skipped, ReplayOptions options) {
    LOG.atInfo()
        .addKeyValue("replayed", replayed)
        .addKeyValue("skipped", skipped)
        .log(options.dryRun() ? "Nothing was written: a dry run." : "Replay ended.");
  }

  private boolean isBefore(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  private List<ConsumerRecord<byte[], byte[]>> upTo(Map<TopicPartition, Long> ends) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long room = options.limit() - replayed;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (room > 0 && record.offset() < ends.get(partition(record))) {
        records.add(record);
        // Those to skip cost nothing.
        room -= isOurs(record) ? 1 : 0;
      }
    }
    return records;
  }

  private void replay(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
    List<Future<?>> writes = new ArrayList<>();
    int ours = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (!isOurs(record)) {
        skipped++;
      } else {
        ours++;
        about(LOG.atDebug(), record).log("Replaying.");
        if (!options.dryRun()) {
          writes.add(producer.send(again(record)));
        }
      }
    }
    for (Future<?> write : writes) {
      acknowledged(write);
    }
    replayed += ours;
    if (!options.dryRun() && !records.isEmpty()) {
      consumer.commitSync(behind(records));
    }
  }

  /** Several topics may share one dead letter topic. */
  private boolean isOurs(ConsumerRecord<byte[], byte[]> record) {
    Optional<String> origin = Headers.text(record.headers(), DeadLetterHeaders.ORIGINAL_TOPIC);
    return origin.isEmpty() || origin.get().equals(topic);
  }

  private void acknowledged(Future<?> write) throws InterruptedException {
    try {
      write.get();
    } catch (ExecutionException error) {
      throw new KafkaException("A record could not be written", error.getCause());
    }
  }

  /** Same key, same value, and its own headers without those about its death. */
  private ProducerRecord<byte[], byte[]> again(ConsumerRecord<byte[], byte[]> record) {
    var again = new ProducerRecord<>(topic, record.key(), record.value());
    for (Header header : record.headers()) {
      if (!header.key().startsWith(DeadLetterHeaders.PREFIX)) {
        again.headers().add(header);
      }
    }
    String place = "%s/%d/%d".formatted(record.topic(), record.partition(), record.offset());
    again.headers().remove(Headers.REPLAYED_FROM).add(Headers.REPLAYED_FROM, Headers.bytes(place));
    return again;
  }

  private static Map<TopicPartition, OffsetAndMetadata> behind(
      List<ConsumerRecord<byte[], byte[]>> records) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      offsets.put(partition(record), new OffsetAndMetadata(record.offset() + 1));
    }
    return offsets;
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
