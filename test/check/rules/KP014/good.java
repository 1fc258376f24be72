package shop;

import java.util.List;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

class Mailer {
  private final Producer<String, String> producer;
  private final Callback failed;

  Mailer(Producer<String, String> producer, Callback failed) {
    this.producer = producer;
    this.failed = failed;
  }

  void mail(String to, String text) throws Exception {
    producer.send(new ProducerRecord<>("mails", to, text), failed);
    producer.send(new ProducerRecord<>("mails", to, text)).get();
    var future = producer.send(new ProducerRecord<>("mails", to, text));
    future.get();
  }
}

class Transfer {
  void transfer(Producer<String, String> producer, List<String> lines) {
    producer.beginTransaction();
    lines.forEach(line -> System.out.println(line));
    producer.commitTransaction();
  }
}
