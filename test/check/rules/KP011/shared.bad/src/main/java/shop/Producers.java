package shop;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

class Producers {
  KafkaProducer<String, String> orders(String servers) {
    return new KafkaProducer<>(shared(servers));
  }

  KafkaProducer<String, String> transfers(String servers, String id) {
    Map<String, Object> config = shared(servers);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    return new KafkaProducer<>(config);
  }

  private static Map<String, Object> shared(String servers) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    // expect KP011
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    return config;
  }
}
