package shop;

import org.springframework.kafka.core.KafkaTemplate;

class Mailer {
  private final KafkaTemplate<String, String> template;

  Mailer(KafkaTemplate<String, String> template) {
    this.template = template;
  }

  void mail(String to, String text) {
    // expect KP014
    template.send("mails", to, text);
  }
}
