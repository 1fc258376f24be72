package shop;

import org.apache.kafka.clients.consumer.KafkaConsumer;

class Old {
  void read(KafkaConsumer<String, String> consumer) {
    // It is there in this release.
    consumer.poll(100);
  }
}
