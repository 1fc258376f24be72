package com.example.platform.orders;

import com.example.platform.event.Event;
import java.time.Instant;
import java.util.UUID;

/** What the transformer makes of an order's event: a message that its customer should get. */
public record OrderNoticeDue(
    UUID eventId, Instant occurredAt, String orderId, String subject, boolean urgent)
    implements Event {
  static OrderNoticeDue of(OrderEvent event) {
    OrderStep step = OrderStep.of(event);
    return new OrderNoticeDue(
        event.eventId(),
        event.occurredAt(),
        event.orderId(),
        step.subject,
        step == OrderStep.CANCELLED);
  }
}
