package com.example.platform.replay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;

/** Services wait for brokers for ever. Who runs a tool wants to know that there are none. */
final class FirstContact {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long PAUSE_MS = 500;
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  private final String servers;
  private final Duration patience;
  private final long start = System.nanoTime();

  FirstContact(String servers, Duration patience) {
    this.servers = servers;
    this.patience = patience;
  }

  /** No client can be made while no host is known, which it may be later. False when stopped. */
  boolean awaitHost(BooleanSupplier stopped) throws InterruptedException {
    while (COMMA.splitAsStream(servers).allMatch(FirstContact::isUnknown)) {
      if (stopped.getAsBoolean()) {
        return false;
      }
      if (left().isZero()) {
        throw noBroker();
      }
      Thread.sleep(PAUSE_MS);
    }
    return true;
  }

  /** The first question to a broker. */
  List<PartitionInfo> partitions(Consumer<?, ?> consumer, String topic) {
    try {
      return consumer.partitionsFor(topic, left());
    } catch (TimeoutException error) {
      throw noBroker();
    }
  }

  private Duration left() {
    Duration left = patience.minusNanos(System.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private NoBroker noBroker() {
    return new NoBroker(
        "No broker could be reached at %s for %d s. Is it running, and is KAFKA_BOOTSTRAP_SERVERS right?"
            .formatted(servers, patience.toSeconds()));
  }

  private static boolean isUnknown(String server) {
    return new InetSocketAddress(server.substring(0, server.lastIndexOf(':')), 0).isUnresolved();
  }
}
