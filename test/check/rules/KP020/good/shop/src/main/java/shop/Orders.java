package shop;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

class Orders {
  private static final String TOPIC = "orders";
  private KafkaProducer<String, String> producer;

  void create(String id, String order) throws Exception {
    producer.send(new ProducerRecord<>(TOPIC, id, order)).get();
  }
}
