package com.example.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.example.platform.process.Shutdown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.login.LoginException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class BrokerWatchTest {
  private final Admin admin = mock(Admin.class);
  private final Runnable onFirstContact = mock(Runnable.class);
  private final Shutdown shutdown = mock(Shutdown.class);
  private final BrokerWatch watch = watch(Optional.empty());

  @Test
  void theFirstAnswerStartsTheClientsOnce() {
    assertThat(watch.problem()).contains("not connected to Kafka yet");
    answer(null);
    watch.ask();
    watch.ask();
    assertThat(watch.problem()).isEmpty();
    verify(onFirstContact, times(1)).run();
  }

  @Test
  void brokersThatAreAwayAreWaitedFor() {
    answer(new TimeoutException("no answer"));
    watch.ask();
    assertThat(watch.problem()).contains("no broker can be reached");
    answer(null);
    watch.ask();
    assertThat(watch.problem()).isEmpty();
    verifyNoRefusal();
  }

  @Test
  void aMissingTopicIsNamedAndWaitedFor() {
    answer(new UnknownTopicOrPartitionException("no"));
    watch.ask();
    assertThat(watch.problem().orElseThrow()).contains("events");
    verifyNoInteractions(onFirstContact);
    verifyNoRefusal();
  }

  @Test
  void aRefusalAtTheFirstConnectionEndsTheService() {
    answer(new SaslAuthenticationException("invalid credentials"));
    watch.ask();
    verify(shutdown).refused("invalid credentials");
  }

  @Test
  void aTopicWithoutARightIsNamed() {
    answer(new TopicAuthorizationException("denied"));
    watch.ask();
    verify(shutdown).refused("no right to use the topic events");
  }

  @Test
  void aRefusalLaterIsWaitedFor() {
    answer(null);
    watch.ask();
    answer(new SaslAuthenticationException("users are not loaded yet"));
    watch.ask();
    assertThat(watch.problem()).contains("users are not loaded yet");
    verifyNoRefusal();
  }

  @Test
  void aGroupWithoutARightIsNamedBeforeAnythingStarts() {
    answer(null);
    DescribeConsumerGroupsResult groups = mock(DescribeConsumerGroupsResult.class);
    when(groups.all()).thenReturn(failed(GroupAuthorizationException.forGroupId("readers")));
    when(admin.describeConsumerGroups(List.of("readers"))).thenReturn(groups);
    watch(Optional.of("readers")).ask();
    verify(shutdown).refused("no right to use the group readers");
    verifyNoInteractions(onFirstContact);
  }

  @Test
  void aClientThatCanNotBeMadeIsAWrongSettingUnlessATokenMayComeLater() {
    failing(new KafkaException("Failed", new LoginException("no token"))).ask();
    verifyNoRefusal();
    failing(new KafkaException("Failed", new IllegalArgumentException("no PEM"))).ask();
    verify(shutdown).wrongSetting("Failed: java.lang.IllegalArgumentException: no PEM");
  }

  @Test
  void aHostThatIsNotKnownYetIsWaitedFor() {
    var nowhere = Map.<String, Object>of("bootstrap.servers", "nowhere.invalid:9092");
    var waiting =
        new BrokerWatch(
            () -> Admin.create(nowhere),
            List.of("events"),
            Optional.empty(),
            onFirstContact,
            shutdown);
    waiting.ask();
    assertThat(waiting.problem()).contains("no host of KAFKA_BOOTSTRAP_SERVERS is known");
    verify(shutdown, times(0)).wrongSetting(org.mockito.ArgumentMatchers.anyString());
  }

  private BrokerWatch failing(KafkaException failure) {
    return new BrokerWatch(
        () -> {
          throw failure;
        },
        List.of("events"),
        Optional.empty(),
        onFirstContact,
        shutdown);
  }

  private BrokerWatch watch(Optional<String> group) {
    return new BrokerWatch(() -> admin, List.of("events"), group, onFirstContact, shutdown);
  }

  private void answer(Exception failure) {
    DescribeTopicsResult topics = mock(DescribeTopicsResult.class);
    TopicDescription events = new TopicDescription("events", false, List.of());
    KafkaFuture<TopicDescription> future =
        failure == null ? KafkaFuture.completedFuture(events) : failed(failure);
    when(topics.topicNameValues()).thenReturn(Map.of("events", future));
    when(admin.describeTopics(anyCollection())).thenReturn(topics);
  }

  private static <T> KafkaFuture<T> failed(Exception failure) {
    KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
    future.completeExceptionally(failure);
    return future;
  }

  private void verifyNoRefusal() {
    verify(shutdown, times(0)).refused(org.mockito.ArgumentMatchers.anyString());
  }
}
