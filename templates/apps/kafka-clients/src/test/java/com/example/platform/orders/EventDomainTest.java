package com.example.platform.orders;

import static com.example.platform.support.Events.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.platform.event.EventCodec;
import com.example.platform.event.InvalidEvent;
import com.example.platform.event.InvalidParameter;
import com.example.platform.support.DomainLaws;
import com.example.platform.support.Records;
import com.example.platform.support.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDomainTest extends DomainLaws {
  private static final String PLACED =
      "'orderId': 'o-1', 'customerId': 'c-1', 'currency': 'EUR', 'totalCents': 1000,"
          + " 'lines': [{'sku': 'CUP', 'quantity': 2, 'unitPriceCents': 500}]";

  @TempDir private Path folder;
  private final EventDomain domain = new EventDomain();
  private final EventCodec<OrderEvent> codec = new EventCodec<>(domain);
  private Stores<OrderEvent> store;

  @Override
  protected EventDomain domain() {
    return domain;
  }

  @BeforeEach
  void open() {
    store = Stores.sqlite(folder, domain);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theKeyIsTheOrder() throws Exception {
    for (String event : List.of(placed(1), paid(2), shipped(3), cancelled(4))) {
      assertThat(domain.key(decode(event))).isEqualTo("o-1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'quantity': 2|'quantity': 0|lines[0].quantity",
        "'quantity': 2|'quantity': 2147483648|lines.0.quantity",
        "'sku': 'CUP'|'sku': ''|lines[0].sku",
        "'currency': 'EUR'|'currency': 'EURO'|currency",
        "'totalCents': 1000|'totalCents': -1|totalCents"
      },
      quoteCharacter = '"')
  void fieldsOutOfRangeAreInvalid(String field, String changed, String named) {
    String event = json(1, "OrderPlaced", PLACED.replace(field, changed));
    assertThatThrownBy(() -> decode(event))
        .isInstanceOf(InvalidEvent.class)
        .hasMessageStartingWith(named + ": ");
  }

  @Test
  void anOrderWithoutLinesAndAnUnknownTypeAreInvalid() {
    String without = PLACED.replaceAll("\\[.*]", "[]");
    assertThatThrownBy(() -> decode(json(1, "OrderPlaced", without)))
        .isInstanceOf(InvalidEvent.class);
    assertThatThrownBy(() -> decode(json(1, "OrderEaten", PLACED)))
        .hasMessageStartingWith("eventType: ");
  }

  @Test
  void anOrderHasItsStatusAndItsHistory() throws Exception {
    store.apply(
        placed(1),
        placed(2).replace("o-1", "o-2"),
        paid(3),
        shipped(4),
        cancelled(5).replace("o-1", "o-2"));
    assertThat(order("o-1"))
        .startsWith("{\"orderId\":\"o-1\",\"status\":\"shipped\",\"totalCents\":1000,\"history\":")
        .contains("OrderPlaced\",\"occurredAt\":\"2026-01-01T12:00:10.000Z\"},{")
        .containsSubsequence("OrderPlaced", "OrderPaid", "OrderShipped");
    assertThat(store.askText("/views/orders", Map.of("status", "cancelled")))
        .isEqualTo(
            "{\"orders\":[{\"orderId\":\"o-2\",\"status\":\"cancelled\",\"totalCents\":1000}]}");
    assertThat(store.askText("/views/orders", Map.of("limit", "1"))).doesNotContain("o-2");
    assertThat(store.store().stats()).isEqualTo(Map.of("events", 5L, "effects", 5L));
  }

  @Test
  void anOrderWhoseFirstEventIsGoneHasNoTotal() throws Exception {
    store.apply(paid(1));
    assertThat(order("o-1")).contains("\"status\":\"paid\",\"totalCents\":null");
  }

  @Test
  void unknownOrdersAndStatusesAreTold() {
    assertThat(order("o-9")).isEqualTo("nothing");
    assertThatThrownBy(() -> store.askText("/views/orders", Map.of("status", "eaten")))
        .isInstanceOf(InvalidParameter.class)
        .hasMessage("status: must be one of cancelled, paid, placed, shipped");
  }

  @Test
  void itsCustomerIsToldWhatHappened() throws Exception {
    assertThat(notice(placed(1))).isEqualTo("Order received false");
    assertThat(notice(paid(1))).isEqualTo("Payment received false");
    assertThat(notice(shipped(1))).isEqualTo("Order shipped false");
    assertThat(notice(cancelled(1))).isEqualTo("Order cancelled true");
  }

  private String notice(String event) throws Exception {
    OrderNoticeDue notice = domain.derive(decode(event));
    return notice.subject() + " " + notice.urgent();
  }

  private String order(String orderId) {
    return store.askText("/views/orders/{orderId}", Map.of("orderId", orderId));
  }

  private OrderEvent decode(String event) throws Exception {
    return codec.decode(Records.bytes(event));
  }

  private static String placed(int number) {
    return json(number, "OrderPlaced", PLACED);
  }

  private static String paid(int number) {
    return json(number, "OrderPaid", "'orderId': 'o-1', 'paymentId': 'p-1', 'amountCents': 1000");
  }

  private static String shipped(int number) {
    return json(number, "OrderShipped", "'orderId': 'o-1', 'carrier': 'DHL', 'trackingCode': '1'");
  }

  private static String cancelled(int number) {
    return json(number, "OrderCancelled", "'orderId': 'o-1', 'reason': 'out of stock'");
  }
}
