package com.example.platform.orders;

import com.example.platform.event.Count;
import com.example.platform.event.Event;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The events as they are on the topic. */
public sealed interface OrderEvent extends Event {
  String orderId();

  record OrderPlaced(
      @NotNull UUID eventId,
      @NotNull Instant occurredAt,
      @NotEmpty String orderId,
      @NotEmpty String customerId,
      @NotNull @Pattern(regexp = "[A-Za-z]{3}") String currency,
      @Count long totalCents,
      @NotEmpty List<@NotNull @Valid OrderLine> lines)
      implements OrderEvent {}

  record OrderLine(@NotEmpty String sku, @Positive int quantity, @Count long unitPriceCents) {}

  record OrderPaid(
      @NotNull UUID eventId,
      @NotNull Instant occurredAt,
      @NotEmpty String orderId,
      @NotEmpty String paymentId,
      @Count long amountCents)
      implements OrderEvent {}

  record OrderShipped(
      @NotNull UUID eventId,
      @NotNull Instant occurredAt,
      @NotEmpty String orderId,
      @NotNull String carrier,
      @NotNull String trackingCode)
      implements OrderEvent {}

  record OrderCancelled(
      @NotNull UUID eventId,
      @NotNull Instant occurredAt,
      @NotEmpty String orderId,
      @NotNull String reason)
      implements OrderEvent {}
}
