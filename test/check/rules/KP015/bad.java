package shop;

import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

class Orders {
  private KafkaProducer<String, String> producer;

  void send(List<String> orders) throws Exception {
    for (String order : orders) {
      // expect KP015
      producer.send(new ProducerRecord<>("orders", order)).get();
    }
  }
}
