package com.example.platform.event;

import com.example.platform.generate.Source;
import com.example.platform.store.Transaction;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;

/** Everything the services need to know about one use case. */
public interface Domain<E extends Event> {
  /** The sealed type of its events, or the one event. */
  Class<E> events();

  /** Events with the same key stay in order, because they share a partition. */
  String key(E event);

  /** What the transformer makes of an event; it keeps the event's id and time. */
  Event derive(E event);

  /** DDL that SQLite and PostgreSQL both understand. */
  List<String> tables();

  /**
   * Writes what follows from a batch, in the order of its partitions. It runs in the transaction
   * that also remembers the event ids, so it needn't be idempotent itself. If it throws, it is
   * asked again for each event alone, and the one at fault becomes a dead letter.
   */
  void apply(Transaction transaction, List<E> events) throws SQLException;

  /** A query for one number: how many events the tables account for. */
  String effects();

  List<View> views();

  /** Plausible events without an end; the source decides every random choice. */
  Iterator<E> samples(Source source);
}
