package com.example.orders;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

public class OrderPublisher implements AutoCloseable {
  private static final int MAX_IN_FLIGHT = 10;
  private final KafkaProducer<String, String> producer;

  public OrderPublisher(String brokers) {
    this.producer = new KafkaProducer<>(config(brokers));
  }

  private static Properties config(String brokers) {
    Properties props = new Properties();
    props.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
    props.setProperty("acks", "1");
    props.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    props.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, MAX_IN_FLIGHT);
    props.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
    props.put("value.serializer", StringSerializer.class);
    if (System.getenv("TX_ID") != null) {
      props.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, System.getenv("TX_ID"));
    }
    return props;
  }

  public void publish(Order order) {
    producer.send(new ProducerRecord<>(Topics.ORDERS, order.id(), order.json()));
  }

  public void publishAll(Iterable<Order> orders) throws Exception {
    for (Order order : orders) {
      producer.send(new ProducerRecord<>(Topics.ORDERS, order.json())).get();
    }
    producer.flush();
  }

  public void audit(Order order) {
    producer.send(
        new ProducerRecord<>("shop.audit", order.id(), order.json()),
        (metadata, failure) -> {
          if (failure != null) throw new IllegalStateException(failure);
        });
  }

  static Map<String, Object> once() {
    Map<String, Object> settings = new HashMap<>() {
      {
        put(ProducerConfig.ACKS_CONFIG, "all");
        put("retries", 3);
      }
    };
    new KafkaProducer<String, String>(settings).close();
    return settings;
  }

  @Override
  public void close() {
    producer.close();
  }
}
