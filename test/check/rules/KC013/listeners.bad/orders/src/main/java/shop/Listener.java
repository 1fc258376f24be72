package shop;

import org.springframework.kafka.annotation.KafkaListener;

class Listener {
  @KafkaListener(topics = "payments")
  void read(String value) {
    System.out.println(value);
  }
}
