package com.example.platform.kafka;

import com.example.platform.consumer.Backoff;
import com.example.platform.process.Shutdown;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls until the service stops, in a thread of its own: a Kafka consumer belongs to one thread.
 * Knows which of Kafka's errors pass, and which end the service.
 */
public final class PollLoop implements AutoCloseable {
  /** How long a poll waits for records: the most that a commit or a stop is late. */
  public static final Duration POLL = Duration.ofMillis(200);

  private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);

  private final Supplier<Reader> open;
  private final Assignment assignment;
  private final Shutdown shutdown;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "poll");
  private Reader reader;
  private int failures;

  /** {@code open} makes the consumer, and is asked again when one has failed for good. */
  public PollLoop(Supplier<Reader> open, Assignment assignment, Shutdown shutdown) {
    this.open = open;
    this.assignment = assignment;
    this.shutdown = shutdown;
  }

  /** A consumer, and what is done with its records. */
  public interface Reader extends AutoCloseable {
    /** One poll, and what follows from it. Throws only what another poll may mend. */
    void read();

    @Override
    void close();
  }

  public void start() {
    thread.start();
  }

  /** After the batch that is under way. */
  @Override
  public void close() {
    stop();
    try {
      thread.join();
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }

  /** Without waiting for it. */
  void stop() {
    stopping.countDown();
  }

  void run() {
    try {
      Duration pause = Duration.ZERO;
      while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = turn();
      }
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    } finally {
      if (reader != null) {
        reader.close();
      }
    }
  }

  /** How long to wait before the next one. */
  private Duration turn() {
    try {
      if (reader == null) {
        reader = open.get();
      }
      reader.read();
      // Without partitions, a poll that finds nothing to complain of proves nothing yet.
      if (assignment.problem().isEmpty()) {
        failures = 0;
      }
      return Duration.ZERO;
    } catch (KafkaException error) {
      return failed(error);
    }
  }

  private Duration failed(KafkaException error) {
    Optional<String> refusal =
        Refusal.forGood(error).or(() -> Refusal.fenced(error)).or(() -> firstRefusal(error));
    if (refusal.isPresent()) {
      shutdown.refused(refusal.get());
      stop();
      return Duration.ZERO;
    }
    if (endsMembership(error)) {
      reader.close();
      reader = null;
    }
    failures++;
    Duration pause = Backoff.after(failures);
    LOG.warn("Kafka, again in {} ms: {}", pause.toMillis(), error.getMessage());
    return pause;
  }

  /**
   * With KIP-848 a consumer is of no more use after these. The first is usual: a static member that
   * was killed and started again waits until the broker gives its place up.
   */
  private boolean endsMembership(KafkaException error) {
    return reader != null
        && (error instanceof UnreleasedInstanceIdException
            || error instanceof AuthorizationException);
  }

  /** Later on it may be one broker that restarts and hasn't loaded its users and rights yet. */
  private Optional<String> firstRefusal(KafkaException error) {
    return assignment.hadSome() ? Optional.empty() : Refusal.in(error);
  }
}
