package com.example.platform.orders;

import com.example.platform.generate.Source;
import com.example.platform.orders.OrderEvent.OrderCancelled;
import com.example.platform.orders.OrderEvent.OrderLine;
import com.example.platform.orders.OrderEvent.OrderPaid;
import com.example.platform.orders.OrderEvent.OrderPlaced;
import com.example.platform.orders.OrderEvent.OrderShipped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Orders that are placed, paid and shipped while others come in; some are cancelled. */
final class Samples implements Supplier<OrderEvent> {
  private static final int MOST_OPEN = 40;
  private static final int CUSTOMERS = 800;
  private static final double NEW_SHARE = 0.4;
  private static final double CANCELLED_SHARE = 0.08;

  private static final List<Article> ARTICLES =
      List.of(
          new Article("ESP-9-CHROME", 64900),
          new Article("GRD-64-BLACK", 28900),
          new Article("KTL-GOOSE-1L", 8950),
          new Article("BEAN-GUJI-250", 1450),
          new Article("BEAN-HUILA-1K", 3990),
          new Article("FILT-02-100", 690),
          new Article("SCALE-01G", 3490),
          new Article("CUP-DBL-2", 1990));

  private static final List<String> CURRENCIES = List.of("EUR", "USD", "GBP", "SEK");
  private static final List<String> CARRIERS = List.of("DHL", "UPS", "DPD", "PostNL");
  private static final List<String> REASONS =
      List.of("customer changed their mind", "payment failed", "out of stock", "suspected fraud");

  private final Source source;
  private final List<Open> open = new ArrayList<>();

  Samples(Source source) {
    this.source = source;
  }

  @Override
  public OrderEvent get() {
    if (open.size() < MOST_OPEN && (open.isEmpty() || source.chance(NEW_SHARE))) {
      OrderPlaced placed = placed();
      open.add(new Open(placed.orderId(), placed.totalCents(), false));
      return placed;
    }
    int index = source.skewed(open.size());
    Open order = open.get(index);
    if (!order.paid && !source.chance(CANCELLED_SHARE)) {
      open.set(index, new Open(order.orderId, order.totalCents, true));
      return paid(order);
    }
    open.remove(index);
    return order.paid ? shipped(order) : cancelled(order);
  }

  private OrderPlaced placed() {
    List<OrderLine> lines =
        Stream.generate(() -> source.pick(ARTICLES))
            .limit(1 + source.skewed(4))
            .distinct()
            .map(article -> new OrderLine(article.sku, 1 + source.skewed(4), article.priceCents))
            .toList();
    return new OrderPlaced(
        source.eventId(),
        source.occurredAt(),
        source.reference("order"),
        "customer-%04d".formatted(source.skewed(CUSTOMERS)),
        source.pick(CURRENCIES),
        lines.stream().mapToLong(line -> line.quantity() * line.unitPriceCents()).sum(),
        lines);
  }

  private OrderPaid paid(Open order) {
    return new OrderPaid(
        source.eventId(),
        source.occurredAt(),
        order.orderId,
        source.reference("pay"),
        order.totalCents);
  }

  private OrderShipped shipped(Open order) {
    return new OrderShipped(
        source.eventId(),
        source.occurredAt(),
        order.orderId,
        source.pick(CARRIERS),
        "%015d".formatted(source.between(0, Integer.MAX_VALUE - 1)));
  }

  private OrderCancelled cancelled(Open order) {
    return new OrderCancelled(
        source.eventId(), source.occurredAt(), order.orderId, source.pick(REASONS));
  }

  private record Article(String sku, long priceCents) {}

  private record Open(String orderId, long totalCents, boolean paid) {}
}
