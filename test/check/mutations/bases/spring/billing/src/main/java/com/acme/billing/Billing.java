package com.acme.billing;

import org.springframework.kafka.annotation.KafkaListener;

class Billing {
  @KafkaListener(topics = "orders")
  void placed(String order) {
    System.out.println(order);
  }
}
