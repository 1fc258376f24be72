package com.example.platform.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RejectionTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new RecordTooLargeException("too large"), Rejection.TOO_LARGE),
        Arguments.of(new TopicAuthorizationException("events"), Rejection.UNAUTHORISED),
        Arguments.of(new ClusterAuthorizationException("no"), Rejection.UNAUTHORISED),
        Arguments.of(
            new TimeoutException(
                "Topic events not present in metadata", new UnknownTopicOrPartitionException()),
            Rejection.UNKNOWN_TOPIC),
        Arguments.of(new BufferExhaustedException("full"), Rejection.QUEUE_FULL),
        Arguments.of(new TimeoutException("Expiring 1 record"), Rejection.NOT_DELIVERED),
        Arguments.of(new IllegalStateException("anything else"), Rejection.NOT_DELIVERED));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailedSendHasItsKind(RuntimeException failure, Rejection rejection) {
    assertThat(Rejection.of(new CompletionException(failure))).isEqualTo(rejection);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.EnumSource
  void onlyWhatMayHelpLaterSaysWhenToTryAgain(Rejection rejection) {
    assertThat(rejection.retryAfter().isPresent()).isEqualTo(rejection.status() == 503);
  }
}
