package com.acme;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

class Prices {
  private static final String TOPIC = "prices";
  private final KafkaProducer<String, String> producer;

  Prices(String servers) {
    Properties properties = new Properties();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 65536);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 120000);
    producer = new KafkaProducer<>(properties);
  }

  void change(List<String> prices) throws Exception {
    List<Future<RecordMetadata>> sent =
        prices.stream().map(price -> producer.send(new ProducerRecord<>(TOPIC, price))).toList();
    for (Future<RecordMetadata> one : sent) {
      one.get();
    }
  }
}
