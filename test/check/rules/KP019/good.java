package shop;

import java.time.Duration;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

class Orders {
  void read(KafkaConsumer<String, String> consumer, java.util.Queue<String> queue) {
    consumer.poll(Duration.ofMillis(100));
    consumer.committed(Set.of(new TopicPartition("orders", 0)));
    queue.poll();
  }
}
