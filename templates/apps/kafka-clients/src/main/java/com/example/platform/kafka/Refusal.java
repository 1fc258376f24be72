package com.example.platform.kafka;

import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.security.oauthbearer.internals.secured.UnretryableException;

/** Answers that trying again would only repeat, each as a sentence for the one who can help. */
public final class Refusal {
  private Refusal() {}

  /** A wrong password, a certificate that doesn't verify, or a right that is missing. */
  public static Optional<String> in(Throwable error) {
    return credentials(error).or(() -> rights(error));
  }

  public static Optional<String> credentials(Throwable error) {
    return causes(error).flatMap(Refusal::credential).findFirst();
  }

  public static Optional<String> rights(Throwable error) {
    return causes(error).flatMap(Refusal::right).findFirst();
  }

  /** Why a record will never be written as it is. */
  public static Optional<String> writing(Throwable error) {
    return rights(error).or(() -> size(error));
  }

  /** Whether this service ends, by an answer that doesn't depend on when it was given. */
  public static Optional<String> forGood(Throwable error) {
    return causes(error)
        .filter(RefusedForGood.class::isInstance)
        .map(Throwable::getMessage)
        .findFirst();
  }

  /** Another instance took over what only one may have. */
  public static Optional<String> fenced(Throwable error) {
    return causes(error).flatMap(Refusal::fence).findFirst();
  }

  public static Stream<Throwable> causes(Throwable error) {
    return Stream.iterate(error, cause -> cause != null, Throwable::getCause).limit(20);
  }

  private static Stream<String> credential(Throwable cause) {
    if (cause instanceof SslAuthenticationException) {
      return Stream.of("the certificate is not accepted: " + root(cause).getMessage());
    }
    if (cause instanceof AuthenticationException) {
      return Stream.of(cause.getMessage());
    }
    // The token endpoint answered, and didn't want us. JAAS keeps the text of that, and no more.
    return cause instanceof LoginException
            && text(cause).contains(UnretryableException.class.getName())
        ? Stream.of("no token for us: " + withoutClassNames(text(cause)))
        : Stream.empty();
  }

  private static Stream<String> right(Throwable cause) {
    if (cause instanceof TopicAuthorizationException topics) {
      return Stream.of(
          "no right to use the topic " + String.join(", ", topics.unauthorizedTopics()));
    }
    if (cause instanceof GroupAuthorizationException group) {
      return Stream.of("no right to use the group " + group.groupId());
    }
    if (cause instanceof TransactionalIdAuthorizationException) {
      return Stream.of("no right to use this KAFKA_TRANSACTIONAL_ID");
    }
    return cause instanceof AuthorizationException ? Stream.of(cause.getMessage()) : Stream.empty();
  }

  private static Optional<String> size(Throwable error) {
    return causes(error)
        .filter(RecordTooLargeException.class::isInstance)
        .map(cause -> "a record is larger than its topic takes: " + cause.getMessage())
        .findFirst();
  }

  private static Stream<String> fence(Throwable cause) {
    // A produce request answers with the epoch, the end of a transaction with the fence (KIP-588).
    if (cause instanceof ProducerFencedException
        || cause instanceof InvalidProducerEpochException) {
      return Stream.of("another instance took over this KAFKA_TRANSACTIONAL_ID");
    }
    return cause instanceof FencedInstanceIdException
        ? Stream.of("another instance took over this KAFKA_GROUP_INSTANCE_ID")
        : Stream.empty();
  }

  private static String text(Throwable error) {
    return String.valueOf(error.getMessage());
  }

  private static String withoutClassNames(String trace) {
    return trace.lines().findFirst().orElse("").replaceFirst("^([\\w.$]+(Exception|Error): )+", "");
  }

  private static Throwable root(Throwable error) {
    return causes(error).reduce(error, (earlier, later) -> later);
  }
}
