package com.example.platform.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.consumer.DeadLetter;
import com.example.platform.consumer.ErrorClass;
import com.example.platform.metrics.TransformerMetrics;
import com.example.platform.support.Records;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class TransactionEndTest {
  @Test
  void onlyWhatIsCommittedCounts() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    TransactionCounts counts = new TransactionCounts(new TransformerMetrics(registry, "events"));
    TransactionEnd end = new TransactionEnd(counts, InstantSource.system());
    end.underWay(
        new EventTransform.Output(
            List.of(new ProducerRecord<>("derived", new byte[0])),
            List.of(new DeadLetter(Records.of(41, "{"), ErrorClass.UNDECODABLE, "no JSON", 1))));
    end.afterRollback(null, null);
    end.afterCommit(null, new KafkaException("not committed"));
    assertThat(counts.stats()).isEqualTo(Map.of("transformed", 0L, "deadLettered", 0L));
    end.afterCommit(null, null);
    assertThat(counts.stats()).isEqualTo(Map.of("transformed", 1L, "deadLettered", 1L));
    assertThat(registry.get("app.events.consumed").counter().count()).isEqualTo(2);
    assertThat(registry.get("app.transactions").tag("outcome", "aborted").counter().count())
        .isEqualTo(2);
  }
}
