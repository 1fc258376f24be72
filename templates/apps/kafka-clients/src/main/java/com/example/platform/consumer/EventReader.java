package com.example.platform.consumer;

import com.example.platform.kafka.Assignment;
import com.example.platform.kafka.PollLoop;
import com.example.platform.metrics.ConsumerMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a batch, has it applied, and commits what is done. While the store or the dead letter topic
 * is away, partitions are paused and polls go on, because a member that stops polling is expelled:
 * the others would get its work, and the same trouble.
 */
final class EventReader implements PollLoop.Reader, ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final BatchProcessor<?> processor;
  private final Assignment assignment;
  private final ConsumerMetrics metrics;
  private final Commits commits;
  private Batch batch = new Batch(List.of());
  private Map<TopicPartition, OffsetAndMetadata> behindBatch = new HashMap<>();
  private boolean paused;
  private long retryAt;

  EventReader(
      Consumer<byte[], byte[]> consumer,
      BatchProcessor<?> processor,
      Assignment assignment,
      ConsumerMetrics metrics,
      Duration commitInterval) {
    this.consumer = consumer;
    this.processor = processor;
    this.assignment = assignment;
    this.metrics = metrics;
    this.commits = new Commits(consumer, commitInterval);
  }

  EventReader subscribe(String topic) {
    consumer.subscribe(List.of(topic), this);
    return this;
  }

  @Override
  public void read() {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(patience());
    if (!paused) {
      begin(polled);
      process();
    } else if (patience().isZero()) {
      process();
    }
    commits.commitIfDue();
  }

  @Override
  public void close() {
    commits.commit();
    // The next one begins without a pause.
    metrics.paused(false);
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    if (paused) {
      consumer.pause(assigned);
    }
    assignment.add(assigned);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    commits.commit();
    onPartitionsLost(revoked);
  }

  /** Others have them already: what we would commit for them could undo their progress. */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> lost) {
    commits.forget(lost);
    batch.keepOnly(
        batch.records().stream().filter(record -> !lost.contains(partition(record))).toList());
    behindBatch.keySet().removeAll(lost);
    assignment.remove(lost);
  }

  private void begin(ConsumerRecords<byte[], byte[]> polled) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
    polled.forEach(records::add);
    batch = new Batch(records);
    // Further than the last record where a transaction's marker or an aborted record follows it.
    behindBatch = new HashMap<>(polled.nextOffsets());
  }

  private void process() {
    try {
      // None were there, or a rebalance took them all.
      if (!batch.records().isEmpty()) {
        processor.process(batch);
      }
      commits.done(behindBatch);
      resume();
    } catch (NotYet notYet) {
      pause(notYet);
    }
  }

  private void pause(NotYet notYet) {
    Duration pause = Backoff.after(notYet.attempts());
    LOG.warn(
        "{} records wait {} ms, {}", batch.records().size(), pause.toMillis(), notYet.getMessage());
    consumer.pause(consumer.assignment());
    retryAt = System.nanoTime() + pause.toNanos();
    paused = true;
    metrics.paused(true);
  }

  private void resume() {
    if (paused) {
      consumer.resume(consumer.assignment());
      paused = false;
      metrics.paused(false);
    }
  }

  /** How long a poll may take: while paused, not beyond the next try. */
  private Duration patience() {
    long left = retryAt - System.nanoTime();
    return paused && left < PollLoop.POLL.toNanos()
        ? Duration.ofNanos(Math.max(0, left))
        : PollLoop.POLL;
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
