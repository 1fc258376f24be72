package com.example.platform.orders;

import com.example.platform.event.Domain;
import com.example.platform.event.View;
import com.example.platform.generate.Source;
import com.example.platform.store.Transaction;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Orders from placing to shipping, as a status and a history. */
public final class EventDomain implements Domain<OrderEvent> {
  @Override
  public Class<OrderEvent> events() {
    return OrderEvent.class;
  }

  @Override
  public String key(OrderEvent event) {
    // What happens to one order stays in order.
    return event.orderId();
  }

  @Override
  public OrderNoticeDue derive(OrderEvent event) {
    return OrderNoticeDue.of(event);
  }

  @Override
  public List<String> tables() {
    return Tables.DDL;
  }

  @Override
  public void apply(Transaction transaction, List<OrderEvent> events) throws SQLException {
    Tables.apply(transaction, events);
  }

  @Override
  public String effects() {
    return Tables.EFFECTS;
  }

  @Override
  public List<View> views() {
    return Views.ALL;
  }

  @Override
  public Iterator<OrderEvent> samples(Source source) {
    return Stream.generate(new Samples(source)).iterator();
  }
}
