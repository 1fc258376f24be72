package com.example.platform.customers;

import com.example.platform.event.Count;
import com.example.platform.event.Event;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.UUID;

/**
 * The event as it is on the topic: one committed change of one row.
 *
 * @param op created, updated or deleted: c, u or d, as Debezium calls them
 * @param lsn where the change stands in the log of its database; it only grows
 */
public record CustomerChanged(
    @NotNull UUID eventId,
    @NotNull Instant occurredAt,
    @NotEmpty String customerId,
    @NotNull @Pattern(regexp = "[cud]") String op,
    @Valid Customer before,
    @Valid Customer after,
    @Count long lsn)
    implements Event {
  static final String DELETED = "d";

  /** The row before or after the change. */
  public record Customer(
      @NotEmpty String customerId,
      @NotNull String email,
      @NotNull String name,
      @NotNull @Pattern(regexp = "[A-Za-z]{2}") String country,
      @NotNull @Pattern(regexp = "free|pro|enterprise") String plan) {}

  boolean deleted() {
    return op.equals(DELETED);
  }
}
