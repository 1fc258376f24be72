package com.example.orders;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.internals.DefaultPartitioner;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

class OrderListener {
  private final KafkaTemplate<String, String> template;
  private final String group = "billing";

  OrderListener(KafkaTemplate<String, String> template) {
    this.template = template;
  }

  @KafkaListener(topics = {Topics.ORDERS, "${app.topic:shop.refunds}"}, groupId = "billing")
  void on(String order) {
    template.send(Topics.PAYMENTS, "key", order).whenComplete((result, failure) -> {});
    template.send("shop.mail", order);
  }

  @Bean
  NewTopic orders() {
    return TopicBuilder.name(Topics.ORDERS).partitions(12).replicas(3).compact().build();
  }

  @Bean
  NewTopic payments() {
    return new NewTopic("shop.payments.v1", 6, (short) 2);
  }

  @Bean
  DefaultKafkaConsumerFactory<String, String> consumers() {
    return new DefaultKafkaConsumerFactory<>(
        Map.of(
            ConsumerConfig.GROUP_ID_CONFIG, group,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10 * 100,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"));
  }

  void loop(Map<String, Object> given) {
    given.put("auto.offset.reset", "earliest");
    Consumer<String, String> consumer = new KafkaConsumer<>(given);
    consumer.subscribe(List.of("shop.stock", Topics.ORDERS));
    while (true) {
      for (ConsumerRecord<String, String> one : consumer.poll(100)) {
        System.out.println(one);
      }
      consumer.commitSync();
    }
  }
}
