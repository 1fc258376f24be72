package com.example.platform.orders;

import com.example.platform.orders.OrderEvent.OrderCancelled;
import com.example.platform.orders.OrderEvent.OrderPaid;
import com.example.platform.orders.OrderEvent.OrderPlaced;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Where an order stands after an event, and what its customer is told. */
enum OrderStep {
  PLACED("placed", "Order received"),
  PAID("paid", "Payment received"),
  SHIPPED("shipped", "Order shipped"),
  CANCELLED("cancelled", "Order cancelled");

  static final Set<String> STATUSES =
      Arrays.stream(values()).map(step -> step.status).collect(Collectors.toUnmodifiableSet());

  final String status;
  final String subject;

  OrderStep(String status, String subject) {
    this.status = status;
    this.subject = subject;
  }

  static OrderStep of(OrderEvent event) {
    if (event instanceof OrderPlaced) {
      return PLACED;
    }
    if (event instanceof OrderPaid) {
      return PAID;
    }
    return event instanceof OrderCancelled ? CANCELLED : SHIPPED;
  }
}
