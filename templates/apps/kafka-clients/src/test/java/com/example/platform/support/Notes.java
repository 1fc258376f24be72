package com.example.platform.support;

import com.example.platform.event.Domain;
import com.example.platform.event.Event;
import com.example.platform.event.Refused;
import com.example.platform.event.View;
import com.example.platform.generate.Source;
import com.example.platform.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A domain of the tests' own, so that they hold whatever this project is about. */
public final class Notes implements Domain<Note> {
  public static final String UNSPEAKABLE = "unspeakable";

  /** What the transformer makes of a note. */
  public record Heard(UUID eventId, Instant occurredAt, String loud) implements Event {}

  @Override
  public Class<Note> events() {
    return Note.class;
  }

  @Override
  public String key(Note event) {
    return event.author();
  }

  @Override
  public Event derive(Note event) {
    if (event.text().equals(UNSPEAKABLE)) {
      throw new Refused("nobody may hear that");
    }
    return new Heard(
        event.eventId(), event.occurredAt(), event.text().toUpperCase(java.util.Locale.ROOT));
  }

  @Override
  public List<String> tables() {
    return List.of("CREATE TABLE IF NOT EXISTS notes (author TEXT NOT NULL, text TEXT NOT NULL)");
  }

  @Override
  public void apply(Transaction transaction, List<Note> events) throws SQLException {
    for (Note event : events) {
      transaction.execute("INSERT INTO notes VALUES (?, ?)", event.author(), event.text());
      // After the write, so that a test sees whether it is undone.
      if (event.text().equals(UNSPEAKABLE)) {
        throw new Refused("nobody may note that");
      }
    }
  }

  @Override
  public String effects() {
    return "SELECT COUNT(*) FROM notes";
  }

  @Override
  public List<View> views() {
    return List.of(
        new View(
            "/views/notes",
            (parameters, store) ->
                Optional.of(
                    Map.of(
                        "notes",
                        store.rows("SELECT text FROM notes LIMIT ?", parameters.limit(10))))),
        new View(
            "/views/notes/{author}",
            (parameters, store) ->
                store.row("SELECT text FROM notes WHERE author = ?", parameters.path("author"))));
  }

  @Override
  public Iterator<Note> samples(Source source) {
    return Stream.generate(
            () ->
                new Note(
                    source.eventId(),
                    source.occurredAt(),
                    source.pick(List.of("ann", "ben", "cem")),
                    source.reference("note")))
        .iterator();
  }
}
