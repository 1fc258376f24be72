package com.example.platform.store;

import com.example.platform.event.Domain;
import com.example.platform.event.Event;
import com.example.platform.event.EventJson;
import com.example.platform.event.Moments;
import com.example.platform.kafka.Headers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Applies batches to the store, each event once, and answers what has been applied. */
public final class EventStore<E extends Event> implements Reader, AutoCloseable {
  private static final String PROCESSED_EVENTS =
      """
      CREATE TABLE IF NOT EXISTS processed_events (
        event_id TEXT PRIMARY KEY,
        event_type TEXT NOT NULL,
        topic TEXT NOT NULL,
        partition INTEGER NOT NULL,
        record_offset BIGINT NOT NULL,
        correlation_id TEXT,
        payload TEXT NOT NULL,
        processed_at TEXT NOT NULL
      )
      """;

  private static final String CLAIM =
      """
      INSERT INTO processed_events (
        event_id, event_type, topic, partition, record_offset, correlation_id, payload, processed_at
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (event_id) DO NOTHING
      """;

  private final Database database;
  private final Domain<E> domain;
  private final Session writer;
  private final Session reader;

  public EventStore(Database database, Domain<E> domain) {
    List<String> tables = new ArrayList<>(List.of(PROCESSED_EVENTS));
    tables.addAll(domain.tables());
    this.database = database;
    this.domain = domain;
    // One connection writes, one reads: questions over HTTP don't hold up the consumer.
    writer = new Session(database, database::connectWriter, tables);
    reader = new Session(database, database::connectReader, tables);
  }

  public Domain<E> domain() {
    return domain;
  }

  /** All of it in one transaction. Throws {@link StoreUnavailable}, and then nothing is done. */
  public Applied<E> apply(List<Received<E>> batch) {
    try {
      return writer.transaction(transaction -> applyTogether(transaction, batch));
    } catch (StoreUnavailable away) {
      throw away;
    } catch (SQLException | RuntimeException failure) {
      // One of them fails. Which one shows when each has a savepoint of its own, which is slower
      // and therefore not how a batch begins.
      return applyOneByOne(batch);
    }
  }

  public Optional<Map<String, Object>> find(String eventId) {
    return row("SELECT * FROM processed_events WHERE event_id = ?", eventId)
        .map(
            found -> {
              Map<String, Object> answer = new LinkedHashMap<>();
              answer.put("event", EventJson.MAPPER.readTree((String) found.get("payload")));
              answer.put("topic", found.get("topic"));
              answer.put("partition", found.get("partition"));
              answer.put("offset", found.get("record_offset"));
              answer.put("correlationId", found.get("correlation_id"));
              answer.put("processedAt", found.get("processed_at"));
              return answer;
            });
  }

  public Map<String, Long> stats() {
    // One statement, so that both numbers are of the same moment.
    Map<String, Object> row =
        rows("SELECT (SELECT COUNT(*) FROM processed_events) AS events, (%s) AS effects"
                .formatted(domain.effects()))
            .get(0);
    return Map.of("events", number(row.get("events")), "effects", number(row.get("effects")));
  }

  @Override
  public List<Map<String, Object>> rows(String statement, Object... values) {
    try {
      return reader.transaction(transaction -> transaction.rows(statement, values));
    } catch (SQLException error) {
      throw new IllegalStateException("A wrong statement: " + statement, error);
    }
  }

  @Override
  public void close() {
    writer.close();
    reader.close();
  }

  private Applied<E> applyTogether(Transaction transaction, List<Received<E>> batch)
      throws SQLException {
    List<E> fresh = claim(transaction, batch);
    if (!fresh.isEmpty()) {
      domain.apply(transaction, fresh);
    }
    return new Applied<>(fresh, batch.size() - fresh.size(), List.of());
  }

  private Applied<E> applyOneByOne(List<Received<E>> batch) {
    List<E> applied = new ArrayList<>();
    List<Applied.Failed<E>> failed = new ArrayList<>();
    try {
      return writer.transaction(
          transaction -> {
            for (Received<E> received : batch) {
              try {
                transaction.savepoint(
                    one -> applied.addAll(applyTogether(one, List.of(received)).events()));
              } catch (SQLException | RuntimeException error) {
                if (database.unavailable(error)) {
                  throw error;
                }
                failed.add(new Applied.Failed<>(received, error));
              }
            }
            return new Applied<>(applied, batch.size() - applied.size() - failed.size(), failed);
          });
    } catch (SQLException error) {
      throw new IllegalStateException("The store has neither taken nor refused a batch.", error);
    }
  }

  /** Remembers the events of the batch and returns those that weren't known, in order. */
  private List<E> claim(Transaction transaction, List<Received<E>> batch) throws SQLException {
    String processedAt = Moments.now();
    int[] inserted =
        transaction.executeMany(
            CLAIM, batch.stream().map(received -> row(received, processedAt)).toList());
    List<E> fresh = new ArrayList<>(batch.size());
    for (int index = 0; index < inserted.length; index++) {
      if (inserted[index] == 1) {
        fresh.add(batch.get(index).event());
      }
    }
    return fresh;
  }

  private static Object[] row(Received<?> received, String processedAt) {
    ConsumerRecord<byte[], byte[]> record = received.record();
    return new Object[] {
      received.eventId(),
      received.event().eventType(),
      record.topic(),
      record.partition(),
      record.offset(),
      Headers.text(record.headers(), Headers.CORRELATION_ID).orElse(null),
      new String(record.value(), StandardCharsets.UTF_8),
      processedAt
    };
  }

  private static long number(Object count) {
    return count == null ? 0 : ((Number) count).longValue();
  }
}
