package com.example.platform.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import com.example.platform.kafka.RefusedForGood;
import com.example.platform.kafka.Restart;
import com.example.platform.metrics.ConsumerMetrics;
import com.example.platform.process.Shutdown;
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
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.event.ConsumerPausedEvent;
import org.springframework.kafka.event.ConsumerResumedEvent;
import org.springframework.kafka.listener.ListenerContainerPauseService;
import org.springframework.kafka.listener.MessageListenerContainer;

class EventListenerTest {
  @TempDir private Path folder;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ConsumerMetrics metrics = new ConsumerMetrics(registry, Records.TOPIC);
  private final ListenerContainerPauseService pauses = mock(ListenerContainerPauseService.class);
  private final MessageListenerContainer container = mock(MessageListenerContainer.class);
  private final Restart restart = mock(Restart.class);
  private final Shutdown shutdown = mock(Shutdown.class);
  private final NotYetHandler handler = new NotYetHandler(pauses, restart, shutdown);

  @Test
  void aBatchThatIsHandedBackGoesOnWhereItWasLessWhatARebalanceTook() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("data"), "");
    var mine = Records.of(Note.of(1));
    var theirs = Records.of(1, 1, Records.bytes("{"));
    List<DeadLetter> written = new ArrayList<>();
    Database database = Database.of("sqlite:///" + folder.resolve("data/s.db"));
    try (EventStore<Note> store = new EventStore<>(database, new Notes())) {
      DeadLetters deadLetters =
          letters -> {
            written.addAll(letters);
            return List.of();
          };
      var listener = new EventListener(new BatchProcessor<>(store, deadLetters, metrics), metrics);
      assertThatThrownBy(() -> listener.onEvents(List.of(mine, theirs))).isInstanceOf(NotYet.class);
      Files.delete(inTheWay);
      listener.onEvents(List.of(mine));
      listener.onEvents(List.of(Records.of(Note.of(2))));
      assertThat(store.stats()).containsEntry("events", 2L);
    }
    assertThat(written).isEmpty();
    assertThat(registry.get("app.events.consumed").counter().count()).isEqualTo(3);
    assertThat(registry.get("app.events.retried").counter().count()).isEqualTo(1);
  }

  @Test
  void thePauseOfTheContainerIsSeenInTheMetrics() {
    var listener = new EventListener(null, metrics);
    listener.paused(new ConsumerPausedEvent(this, container, List.of(), ""));
    assertThat(registry.get("app.consumer.paused").gauge().value()).isEqualTo(1);
    listener.resumed(new ConsumerResumedEvent(this, container, List.of()));
    assertThat(registry.get("app.consumer.paused").gauge().value()).isZero();
  }

  @Test
  void whatCanNotBeDoneYetPausesTheContainerAndIsKept() {
    var records = records();
    var thrown = new IllegalStateException(new NotYet("the store is away", 3));
    assertThat(handler.seeksAfterHandling()).isFalse();
    assertThat(
            handler.<byte[], byte[]>handleBatchAndReturnRemaining(
                thrown, records, null, container, () -> {}))
        .isSameAs(records);
    verify(pauses).pause(eq(container), any());
  }

  @Test
  void whatIsRefusedForGoodEndsTheService() {
    var thrown = new IllegalStateException(new RefusedForGood("no right", null));
    handler.handleBatchAndReturnRemaining(thrown, records(), null, container, () -> {});
    verify(shutdown).refused("no right");
  }

  @Test
  void aPlaceInTheGroupThatAKilledInstanceHoldsIsWaitedForWithANewConsumer() {
    handler.handleOtherException(
        new UnreleasedInstanceIdException("still there"), null, container, true);
    verify(restart).soon("still there");
  }

  @Test
  void anythingElseIsABug() {
    var thrown = new IllegalStateException("a bug");
    handler.handleBatchAndReturnRemaining(thrown, records(), null, container, () -> {});
    verify(shutdown).bug(thrown);
  }

  private static ConsumerRecords<byte[], byte[]> records() {
    return new ConsumerRecords<>(
        Map.of(new TopicPartition(Records.TOPIC, 0), List.of(Records.of(1, "{"))), Map.of());
  }
}
