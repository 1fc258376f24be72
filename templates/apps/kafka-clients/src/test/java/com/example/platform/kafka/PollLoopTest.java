package com.example.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.example.platform.process.Shutdown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PollLoopTest {
  private final Shutdown shutdown = mock(Shutdown.class);
  private final Assignment assignment = new Assignment();
  private Script script;
  private final PollLoop loop = new PollLoop(() -> script, assignment, shutdown);

  @BeforeEach
  void write() {
    script = new Script();
  }

  @Test
  void aPassingErrorIsFollowedByAnotherPoll() {
    script.failures.add(new TimeoutException("no broker"));
    loop.run();
    assertThat(script.reads).isEqualTo(2);
    assertThat(script.closed).isTrue();
    verify(shutdown, never()).refused(anyString());
  }

  @Test
  void aRefusalBeforeTheGroupLetUsInEndsTheService() {
    script.failures.add(GroupAuthorizationException.forGroupId("readers"));
    loop.run();
    verify(shutdown).refused("no right to use the group readers");
    assertThat(script.reads).isEqualTo(1);
    assertThat(script.closed).isTrue();
  }

  @Test
  void aRefusalLaterIsWaitedFor() {
    assignment.add(List.of(new TopicPartition("events", 0)));
    script.failures.add(GroupAuthorizationException.forGroupId("readers"));
    loop.run();
    verify(shutdown, never()).refused(anyString());
    assertThat(script.reads).isEqualTo(2);
  }

  @Test
  void anInstanceThatWasReplacedEndsWheneverThatIs() {
    assignment.add(List.of(new TopicPartition("events", 0)));
    script.failures.add(new FencedInstanceIdException("no"));
    loop.run();
    verify(shutdown).refused("another instance took over this KAFKA_GROUP_INSTANCE_ID");
  }

  @Test
  void whatIsRefusedForGoodEndsTheServiceWheneverThatIs() {
    assignment.add(List.of(new TopicPartition("events", 0)));
    script.failures.add(new RefusedForGood("no dead letter can be written", null));
    loop.run();
    verify(shutdown).refused("no dead letter can be written");
  }

  @Test
  void theCauseOfAnErrorCounts() {
    script.failures.add(new KafkaException("in error state", new ProducerFencedException("no")));
    loop.run();
    verify(shutdown).refused("another instance took over this KAFKA_TRANSACTIONAL_ID");
  }

  @Test
  void aConsumerThatCanNotBeMadeYetIsTriedAgain() {
    Deque<KafkaException> failures = new ArrayDeque<>(List.of(new KafkaException("no token")));
    PollLoop late =
        new PollLoop(
            () -> {
              if (!failures.isEmpty()) {
                throw failures.pop();
              }
              return script;
            },
            assignment,
            shutdown);
    script.loop = late;
    late.run();
    assertThat(script.reads).isEqualTo(1);
  }

  @Test
  void aStaticMemberWhosePlaceIsStillTakenTriesAgainWithAnotherConsumer() {
    script.failures.add(new UnreleasedInstanceIdException("owned by another member"));
    List<Script> opened = new ArrayList<>();
    Script second = new Script();
    Deque<Script> scripts = new ArrayDeque<>(List.of(script, second));
    PollLoop late =
        new PollLoop(
            () -> {
              opened.add(scripts.peek());
              return scripts.pop();
            },
            assignment,
            shutdown);
    second.loop = late;
    late.run();
    verify(shutdown, never()).refused(anyString());
    assertThat(opened).hasSize(2).allMatch(one -> one.closed);
  }

  @Test
  void aLoopThatStopsClosesItsConsumerFirst() {
    script.endless = true;
    loop.start();
    script.reading.acquireUninterruptibly();
    loop.close();
    assertThat(script.closed).isTrue();
  }

  /** Fails as told, and stops its loop with the first read that works. */
  private final class Script implements PollLoop.Reader {
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final Semaphore reading = new Semaphore(0);
    private PollLoop loop = PollLoopTest.this.loop;
    private boolean endless;
    private volatile int reads;
    private volatile boolean closed;

    @Override
    public void read() {
      reads++;
      if (!failures.isEmpty()) {
        throw failures.pop();
      }
      reading.release();
      if (!endless) {
        loop.stop();
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
