package shop;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

class Transfer {
  void run(KafkaProducer<String, String> producer, String servers, Map<String, Object> given) {
    var consumer =
        new KafkaConsumer<String, String>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false));
    var other = new KafkaConsumer<String, String>(given);
    producer.sendOffsetsToTransaction(Map.of(), consumer.groupMetadata());
  }
}
