package com.example.platform.transformer;

import com.example.platform.consumer.DeadLetters;
import com.example.platform.kafka.Containers;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Runs in the transaction that the container began. The container adds the group's offsets to it
 * and commits: what was read counts as read exactly when what follows from it is there.
 */
final class TransformListener {
  private final EventTransform<?> transform;
  private final KafkaTemplate<byte[], byte[]> template;
  private final DeadLetters deadLetters;
  private final TransactionEnd end;

  TransformListener(
      EventTransform<?> transform,
      KafkaTemplate<byte[], byte[]> template,
      DeadLetters deadLetters,
      TransactionEnd end) {
    this.transform = transform;
    this.template = template;
    this.deadLetters = deadLetters;
    this.end = end;
  }

  @KafkaListener(id = Containers.LISTENER, idIsGroup = false, topics = "#{@settings.topic()}")
  void onEvents(List<ConsumerRecord<byte[], byte[]>> records) {
    EventTransform.Output output = transform.of(records);
    end.underWay(output);
    // Not waited for: the commit fails if one of them does.
    output.derived().forEach(template::send);
    if (!deadLetters.write(output.dead()).isEmpty()) {
      throw new KafkaException("The dead letter topic doesn't take them");
    }
  }
}
