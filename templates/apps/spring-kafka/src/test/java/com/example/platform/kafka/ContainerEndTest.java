package com.example.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.example.platform.process.Shutdown;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent.Reason;

class ContainerEndTest {
  private static final List<TopicPartition> PARTITIONS = List.of(new TopicPartition("events", 0));

  private final Shutdown shutdown = mock(Shutdown.class);
  private final Restart restart = mock(Restart.class);
  private boolean late;
  private final Assignment assignment = new Assignment();
  private final ContainerEnd end =
      new ContainerEnd("readers", assignment, () -> late, restart, shutdown);

  @Test
  void aRefusalBeforeTheGroupLetUsInIsForGood() {
    end.refused(refusal());
    verify(shutdown).refused(contains("readers"));
  }

  @Test
  void aRefusalLaterIsWaitedFor() {
    assignment.onPartitionsAssigned(null, PARTITIONS);
    end.refused(refusal());
    verifyNoInteractions(shutdown);
    verify(restart).soon(contains("readers"));
  }

  @Test
  void aContainerThatEndsByItselfTakesTheProcessAlong() {
    end.stopped(new ConsumerStoppedEvent(this, this, Reason.NORMAL));
    verifyNoInteractions(shutdown);
    end.stopped(new ConsumerStoppedEvent(this, this, Reason.FENCED));
    verify(shutdown).refused(contains("another instance"));
    end.stopped(new ConsumerStoppedEvent(this, this, Reason.ERROR));
    verify(shutdown).bug(any());
  }

  @Test
  void aTransactionThatTheCoordinatorTimedOutIsNoOtherInstance() {
    late = true;
    end.stopped(new ConsumerStoppedEvent(this, this, Reason.FENCED));
    verifyNoInteractions(shutdown);
    verify(restart).soon(contains("late"));
  }

  @Test
  void aMemberIsReadyWhileItHasPartitions() {
    assertThat(assignment.health().getStatus()).isEqualTo(Status.DOWN);
    assignment.onPartitionsAssigned(null, PARTITIONS);
    assertThat(assignment.health().getStatus()).isEqualTo(Status.UP);
    assignment.onPartitionsRevokedAfterCommit(null, PARTITIONS);
    assertThat(assignment.partitions()).isEmpty();
  }

  private ConsumerRetryAuthEvent refusal() {
    return new ConsumerRetryAuthEvent(this, this, ConsumerRetryAuthEvent.Reason.AUTHORIZATION);
  }
}
