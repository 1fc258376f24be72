package com.example.platform.agenttasks;

import com.example.platform.event.Domain;
import com.example.platform.event.View;
import com.example.platform.generate.Source;
import com.example.platform.store.Transaction;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** What software agents were asked to do, which tools they called and how it ended. */
public final class EventDomain implements Domain<TaskEvent> {
  @Override
  public Class<TaskEvent> events() {
    return TaskEvent.class;
  }

  @Override
  public String key(TaskEvent event) {
    // The steps of one task stay in order.
    return event.taskId();
  }

  @Override
  public TaskNoted derive(TaskEvent event) {
    return TaskNoted.of(event);
  }

  @Override
  public List<String> tables() {
    return Tables.DDL;
  }

  @Override
  public void apply(Transaction transaction, List<TaskEvent> events) throws SQLException {
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
  public Iterator<TaskEvent> samples(Source source) {
    return Stream.generate(new Samples(source)).iterator();
  }
}
