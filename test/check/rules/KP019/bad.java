package shop;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
// expect KP019
import org.apache.kafka.clients.producer.internals.DefaultPartitioner;
import org.apache.kafka.common.TopicPartition;

class Orders {
  DefaultPartitioner partitioner;

  void read(KafkaConsumer<String, String> consumer, Producer<String, String> producer, TopicPartition one) {
    while (true) {
      // expect KP019
      consumer.poll(100).forEach(System.out::println);
      // expect KP019
      consumer.committed(new TopicPartition("orders", 0));
    }
  }
}
