package com.example.platform.customers;

import com.example.platform.customers.CustomerChanged.Customer;
import com.example.platform.event.Event;
import java.time.Instant;
import java.util.UUID;

/** What the transformer makes of a change: an entry of a mailing list; nulls when deleted. */
public record CustomerListed(
    UUID eventId, Instant occurredAt, String customerId, boolean listed, String email, String plan)
    implements Event {
  static CustomerListed of(CustomerChanged change) {
    if (change.deleted()) {
      return new CustomerListed(
          change.eventId(), change.occurredAt(), change.customerId(), false, null, null);
    }
    Customer after = Tables.after(change);
    return new CustomerListed(
        change.eventId(),
        change.occurredAt(),
        change.customerId(),
        true,
        after.email(),
        after.plan());
  }
}
