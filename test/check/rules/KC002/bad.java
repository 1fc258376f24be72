package shop;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

class Transfer {
  void run(Map<String, Object> settings, String servers) {
    KafkaProducer<String, String> producer = new KafkaProducer<>(settings);
    KafkaConsumer<String, String> consumer =
        // expect KC002
        new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers, "group.id", "transfer"));
    producer.initTransactions();
    while (true) {
      var records = consumer.poll(Duration.ofSeconds(1));
      producer.beginTransaction();
      records.forEach(record -> System.out.println(record));
      producer.sendOffsetsToTransaction(Map.of(), consumer.groupMetadata());
      producer.commitTransaction();
    }
  }
}
