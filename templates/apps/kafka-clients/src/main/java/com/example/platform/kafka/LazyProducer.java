package com.example.platform.kafka;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/**
 * A producer that is made when it is first needed. BrokerWatch is to be the first that connects, so
 * that a wrong password is one line and an exit, not several clients that try for ever.
 */
public final class LazyProducer implements AutoCloseable {
  private final Supplier<Producer<byte[], byte[]>> connect;
  private final Duration closeTimeout;
  private Producer<byte[], byte[]> producer;

  public LazyProducer(Supplier<Producer<byte[], byte[]>> connect, Duration closeTimeout) {
    this.connect = connect;
    this.closeTimeout = closeTimeout;
  }

  public synchronized Producer<byte[], byte[]> get() {
    if (producer == null) {
      producer = connect.get();
    }
    return producer;
  }

  /** What was handed over is sent first, as far as there is time. */
  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(closeTimeout);
    }
  }
}
