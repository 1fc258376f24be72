package com.example.platform.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class FirstContactTest {
  private static final String UNKNOWN = "no-such-host.invalid:9092";
  private static final Duration HOUR = Duration.ofHours(1);

  private final MockConsumer<byte[], byte[]> away =
      new MockConsumer<>("earliest") {
        @Override
        public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
          throw new TimeoutException("no answer in " + timeout);
        }
      };

  @Test
  void aHostThatStaysUnknownEndsTheWait() {
    var contact = new FirstContact(UNKNOWN, Duration.ZERO);
    assertThatThrownBy(() -> contact.awaitHost(() -> false))
        .isInstanceOf(NoBroker.class)
        .hasMessageContainingAll(UNKNOWN, "KAFKA_BOOTSTRAP_SERVERS");
  }

  @Test
  void oneHostThatIsKnownIsEnough() throws Exception {
    var contact = new FirstContact(UNKNOWN + ", [::1]:9092", Duration.ZERO);
    assertThat(contact.awaitHost(() -> false)).isTrue();
  }

  @Test
  void aStopEndsTheWaitForAHost() throws Exception {
    assertThat(new FirstContact(UNKNOWN, HOUR).awaitHost(() -> true)).isFalse();
  }

  @Test
  void brokersThatDoNotAnswerAreNamed() {
    var contact = new FirstContact("one:9092,two:9092", Duration.ZERO);
    assertThatThrownBy(() -> contact.partitions(away, "events.dlq"))
        .isInstanceOf(NoBroker.class)
        .hasMessageContainingAll("one:9092,two:9092", "KAFKA_BOOTSTRAP_SERVERS");
  }
}
