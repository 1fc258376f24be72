package shop;

import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

class Orders {
  KafkaProducer<String, String> producer() {
    Properties properties = new Properties();
    // expect KL001
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "10.0.0.7:9092,10.0.0.8:9092");
    return new KafkaProducer<>(properties);
  }
}
