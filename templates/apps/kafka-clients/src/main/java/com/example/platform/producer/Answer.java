package com.example.platform.producer;

import java.util.List;

/** What the one who posted an event is told. */
public sealed interface Answer {
  record Accepted(String eventId, Delivery delivery) implements Answer {}

  /** {@code details} name each fault of an event that isn't valid. */
  record Rejected(Rejection rejection, String message, List<String> details) implements Answer {
    Rejected(Rejection rejection) {
      this(rejection, rejection.message(), List.of());
    }
  }
}
