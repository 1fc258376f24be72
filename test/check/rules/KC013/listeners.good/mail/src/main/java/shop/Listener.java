package shop;

import org.springframework.kafka.annotation.KafkaListener;

class Listener {
  @KafkaListener(topics = "mails")
  void read(String value) {
    System.out.println(value);
  }
}
