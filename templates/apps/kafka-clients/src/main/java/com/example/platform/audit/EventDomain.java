package com.example.platform.audit;

import com.example.platform.event.Domain;
import com.example.platform.event.View;
import com.example.platform.generate.Source;
import com.example.platform.store.Transaction;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Who did what to which resource, kept for searching. */
public final class EventDomain implements Domain<AuditRecorded> {
  @Override
  public Class<AuditRecorded> events() {
    return AuditRecorded.class;
  }

  @Override
  public String key(AuditRecorded event) {
    // The steps of one actor stay in order.
    return event.actor();
  }

  @Override
  public AuditAssessed derive(AuditRecorded event) {
    return AuditAssessed.of(event);
  }

  @Override
  public List<String> tables() {
    return Tables.DDL;
  }

  @Override
  public void apply(Transaction transaction, List<AuditRecorded> events) throws SQLException {
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
  public Iterator<AuditRecorded> samples(Source source) {
    return Stream.generate(() -> Samples.next(source)).iterator();
  }
}
