package com.acme.orders;

import java.util.concurrent.CompletableFuture;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.SendResult;

class Orders {
  private final KafkaTemplate<String, String> template;

  Orders(KafkaTemplate<String, String> template) {
    this.template = template;
  }

  CompletableFuture<SendResult<String, String>> place(String id, String order) {
    return template.send("orders", id, order);
  }

  @KafkaListener(topics = "payments")
  void paid(String payment, Acknowledgment acknowledgment) {
    acknowledgment.acknowledge();
  }
}
