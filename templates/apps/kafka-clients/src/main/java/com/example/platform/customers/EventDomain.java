package com.example.platform.customers;

import com.example.platform.event.Domain;
import com.example.platform.event.View;
import com.example.platform.generate.Source;
import com.example.platform.store.Transaction;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Changes of a customer table elsewhere, kept as a table here. */
public final class EventDomain implements Domain<CustomerChanged> {
  @Override
  public Class<CustomerChanged> events() {
    return CustomerChanged.class;
  }

  @Override
  public String key(CustomerChanged event) {
    // The changes of one row stay in order.
    return event.customerId();
  }

  @Override
  public CustomerListed derive(CustomerChanged event) {
    return CustomerListed.of(event);
  }

  @Override
  public List<String> tables() {
    return Tables.DDL;
  }

  @Override
  public void apply(Transaction transaction, List<CustomerChanged> events) throws SQLException {
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
  public Iterator<CustomerChanged> samples(Source source) {
    return Stream.generate(new Samples(source)).iterator();
  }
}
