package com.example.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

class LazyProducerTest {
  private final AtomicInteger made = new AtomicInteger();
  private final MockProducer<byte[], byte[]> producer = new MockProducer<>();
  private final LazyProducer lazy =
      new LazyProducer(
          () -> {
            made.incrementAndGet();
            return producer;
          },
          Duration.ofSeconds(1));

  @Test
  void itIsMadeOnceAndNotBeforeItIsNeeded() {
    assertThat(made).hasValue(0);
    assertThat(lazy.get()).isSameAs(lazy.get());
    assertThat(made).hasValue(1);
    lazy.close();
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void whatWasNeverNeededIsNotMadeToBeClosed() {
    lazy.close();
    assertThat(made).hasValue(0);
  }
}
