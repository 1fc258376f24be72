package shop;

import org.apache.kafka.clients.admin.NewTopic;

class Topics {
  NewTopic orders = new NewTopic("orders", 12, (short) 3);
}
