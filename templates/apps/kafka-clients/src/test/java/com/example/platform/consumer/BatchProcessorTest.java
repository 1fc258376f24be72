package com.example.platform.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.platform.metrics.ConsumerMetrics;
import com.example.platform.store.Database;
import com.example.platform.store.EventStore;
import com.example.platform.support.Note;
import com.example.platform.support.Notes;
import com.example.platform.support.Records;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchProcessorTest {
  @TempDir private Path folder;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<DeadLetter> written = new ArrayList<>();
  private boolean deadLettersAway;
  private EventStore<Note> store;
  private BatchProcessor<Note> processor;

  @BeforeEach
  void open() {
    store = new EventStore<>(Database.of("sqlite:///" + folder.resolve("data/s.db")), new Notes());
    processor =
        new BatchProcessor<>(store, this::write, new ConsumerMetrics(registry, Records.TOPIC));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void eventsAreAppliedAndWhatFailsBecomesADeadLetterWithItsClass() throws Exception {
    processor.process(
        new Batch(
            List.of(
                Records.of(Note.of(1)),
                Records.of(2, "{"),
                Records.of(3, "{}"),
                Records.of(0, 4, null),
                Records.of(Note.of(5, "ben", Notes.UNSPEAKABLE)),
                Records.of(Note.of(6)))));
    assertThat(store.stats()).containsEntry("events", 2L).containsEntry("effects", 2L);
    assertThat(written)
        .extracting(letter -> letter.record().offset() + " " + letter.errorClass().label())
        .containsExactly("2 Undecodable", "3 InvalidEvent", "4 Undecodable", "5 HandlerFailed");
    assertThat(written.get(3).message()).isEqualTo("Refused: nobody may note that");
    assertThat(count("app.events.consumed")).isEqualTo(6);
    assertThat(count("app.events.applied")).isEqualTo(2);
    assertThat(registry.get("app.events.dead.lettered").tag("error_class", "Undecodable").counter())
        .satisfies(counter -> assertThat(counter.count()).isEqualTo(2));
  }

  @Test
  void anEventThatComesAgainIsCountedAsADuplicate() throws Exception {
    processor.process(new Batch(List.of(Records.of(Note.of(1)))));
    processor.process(new Batch(List.of(Records.of(Note.of(1)))));
    assertThat(count("app.events.applied")).isEqualTo(1);
    assertThat(count("app.events.duplicate")).isEqualTo(1);
  }

  @Test
  void aStoreThatIsAwayChangesNothingAndTheBatchGoesAgain() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("data"), "");
    Batch batch = new Batch(List.of(Records.of(Note.of(1)), Records.of(2, "{")));
    assertThatThrownBy(() -> processor.process(batch))
        .isInstanceOf(NotYet.class)
        .hasMessageStartingWith("the store is away");
    assertThat(written).isEmpty();
    Files.delete(inTheWay);
    processor.process(batch);
    assertThat(store.stats()).containsEntry("events", 1L);
    assertThat(written).extracting(DeadLetter::attempts).containsExactly(2);
    assertThat(count("app.events.consumed")).isEqualTo(2);
    assertThat(count("app.events.retried")).isEqualTo(2);
  }

  @Test
  void deadLettersThatAreNotAcknowledgedAreWrittenAgainWithoutApplyingAgain() throws Exception {
    deadLettersAway = true;
    Batch batch = new Batch(List.of(Records.of(Note.of(1)), Records.of(2, "{")));
    assertThatThrownBy(() -> processor.process(batch)).isInstanceOf(NotYet.class);
    deadLettersAway = false;
    processor.process(batch);
    assertThat(written).hasSize(1);
    assertThat(count("app.events.duplicate")).isZero();
  }

  private List<DeadLetter> write(List<DeadLetter> letters) {
    if (deadLettersAway) {
      return letters;
    }
    written.addAll(letters);
    return List.of();
  }

  private double count(String name) {
    return registry.get(name).counter().count();
  }
}
