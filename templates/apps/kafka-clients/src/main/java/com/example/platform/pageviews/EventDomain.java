package com.example.platform.pageviews;

import com.example.platform.event.Domain;
import com.example.platform.event.View;
import com.example.platform.generate.Source;
import com.example.platform.store.Transaction;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Page views, counted per page in one-minute windows. */
public final class EventDomain implements Domain<PageViewed> {
  @Override
  public Class<PageViewed> events() {
    return PageViewed.class;
  }

  @Override
  public String key(PageViewed event) {
    // The pages of one visitor stay in order.
    return event.visitorId();
  }

  @Override
  public VisitMeasured derive(PageViewed event) {
    return VisitMeasured.of(event);
  }

  @Override
  public List<String> tables() {
    return Tables.DDL;
  }

  @Override
  public void apply(Transaction transaction, List<PageViewed> events) throws SQLException {
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
  public Iterator<PageViewed> samples(Source source) {
    return Stream.generate(() -> Samples.next(source)).iterator();
  }
}
