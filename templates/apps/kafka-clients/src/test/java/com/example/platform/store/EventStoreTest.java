package com.example.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.example.platform.event.EventJson;
import com.example.platform.support.Note;
import com.example.platform.support.Notes;
import com.example.platform.support.Records;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStoreTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgresql"})
  void anEventTakesEffectOnceHoweverOftenItComes(String kind) throws Exception {
    try (EventStore<Note> store = store(kind)) {
      assertThat(store.apply(batch(Note.of(1), Note.of(2), Note.of(1))))
          .satisfies(
              first -> {
                assertThat(first.events()).containsExactly(Note.of(1), Note.of(2));
                assertThat(first.duplicates()).isEqualTo(1);
              });
      assertThat(store.apply(batch(Note.of(2), Note.of(3))).events()).containsExactly(Note.of(3));
      assertThat(store.stats()).isEqualTo(Map.of("events", 3L, "effects", 3L));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgresql"})
  void anEventThatFailsIsUndoneAndTheOthersCount(String kind) throws Exception {
    try (EventStore<Note> store = store(kind)) {
      Note unspeakable = Note.of(2, "ben", Notes.UNSPEAKABLE);
      Applied<Note> applied = store.apply(batch(Note.of(1), unspeakable, Note.of(3), Note.of(3)));
      assertThat(applied.events()).containsExactly(Note.of(1), Note.of(3));
      assertThat(applied.duplicates()).isEqualTo(1);
      assertThat(applied.failed())
          .singleElement()
          .satisfies(
              failed -> {
                assertThat(failed.received().event()).isEqualTo(unspeakable);
                assertThat(failed.cause()).hasMessage("nobody may note that");
              });
      assertThat(store.stats()).isEqualTo(Map.of("events", 2L, "effects", 2L));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgresql"})
  void anEventIsFoundWithItsPlace(String kind) throws Exception {
    try (EventStore<Note> store = store(kind)) {
      store.apply(batch(Note.of(7)));
      Map<String, Object> found = store.find(Note.of(7).eventId().toString()).orElseThrow();
      assertThat(EventJson.MAPPER.valueToTree(found).toString())
          .contains("\"text\":\"note 7\"", "\"topic\":\"events\",\"partition\":0,\"offset\":7")
          .contains("\"correlationId\":\"c-7\"");
      assertThat(store.find(Note.of(8).eventId().toString())).isEmpty();
    }
  }

  @Test
  void aLockedFileIsNoFaultOfTheEventsAndTheSameBatchIsTakenLater() throws Exception {
    try (EventStore<Note> store = store("sqlite")) {
      store.apply(batch(Note.of(1)));
      try (var other =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/store.db"));
          var statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertThatThrownBy(() -> store.apply(batch(Note.of(2))))
            .isInstanceOf(StoreUnavailable.class);
        assertThat(store.stats()).containsEntry("events", 1L);
        statement.execute("ROLLBACK");
      }
      assertThat(store.apply(batch(Note.of(2))).events()).containsExactly(Note.of(2));
    }
  }

  @Test
  void aFolderThatCanNotBeMadeIsAStoreThatIsAway() throws Exception {
    Files.writeString(folder.resolve("data"), "a file in the way");
    try (EventStore<Note> store = store("sqlite")) {
      assertThatThrownBy(() -> store.apply(batch(Note.of(1)))).isInstanceOf(StoreUnavailable.class);
    }
  }

  @Test
  void aServerThatIsNotThereIsAStoreThatIsAway() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }
    Database database = Database.of("postgresql://a%40b:p%2Bw@127.0.0.1:" + port + "/db");
    try (EventStore<Note> store = new EventStore<>(database, new Notes())) {
      assertThatThrownBy(store::stats)
          .isInstanceOf(StoreUnavailable.class)
          .message()
          .doesNotContain("p+w");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "40P01", "57P01", "53300"})
  void aServersTroubleIsNotTheEvents(String state) {
    Database database = Database.of("postgresql://localhost/db");
    assertThat(database.unavailable(new SQLException("trouble", state))).isTrue();
  }

  @Test
  void aWrongStatementIsTheEvents() {
    Database database = Database.of("postgresql://localhost/db");
    assertThat(database.unavailable(new SQLException("no NUL in text", "22021"))).isFalse();
    assertThat(database.unavailable(new IllegalStateException("a bug"))).isFalse();
  }

  private EventStore<Note> store(String kind) throws SQLException {
    if (kind.equals("sqlite")) {
      return new EventStore<>(
          Database.of("sqlite:///" + folder.resolve("data/store.db")), new Notes());
    }
    String url = System.getenv("TEST_POSTGRES_URL");
    assumeTrue(url != null, "TEST_POSTGRES_URL names no database");
    Database database = Database.of(url);
    try (var connection = database.connectWriter();
        var statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS processed_events, notes");
    }
    return new EventStore<>(database, new Notes());
  }

  private static List<Received<Note>> batch(Note... notes) {
    return Arrays.stream(notes).map(note -> new Received<>(Records.of(note), note)).toList();
  }
}
