package com.example.platform.kafka;

import com.example.platform.process.Shutdown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import javax.security.auth.login.LoginException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers for our topics again and again: for readiness, and to find out at the first
 * connection whether we may do what we are here for. A service starts its clients only after that,
 * so that what is missing is told once and in one line.
 */
public final class BrokerWatch implements AutoCloseable {
  /** Between an answer and the next question. */
  public static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

  private final Supplier<Admin> connect;
  private final List<String> topics;
  private final Optional<String> group;
  private final Runnable onFirstContact;
  private final Shutdown shutdown;
  private Admin admin;
  private volatile boolean contacted;
  private volatile String problem = "not connected to Kafka yet";

  public BrokerWatch(
      Supplier<Admin> connect,
      List<String> topics,
      Optional<String> group,
      Runnable onFirstContact,
      Shutdown shutdown) {
    this.connect = connect;
    this.topics = List.copyOf(topics);
    this.group = group;
    this.onFirstContact = onFirstContact;
    this.shutdown = shutdown;
  }

  /** Why nothing can be sent or read at the moment. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** One question; to be asked from one thread only. */
  public void ask() {
    if (shutdown.isRequested()) {
      return;
    }
    try {
      if (admin == null) {
        admin = connect.get();
      }
      describe(topics);
      if (!contacted) {
        checkGroup();
        onFirstContact.run();
        contacted = true;
      }
      told(null);
    } catch (ExecutionException | KafkaException error) {
      failed(error);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(CLOSE_TIMEOUT);
    }
  }

  private void describe(List<String> names) throws InterruptedException, ExecutionException {
    var answers = admin.describeTopics(names).topicNameValues();
    for (String name : names) {
      try {
        answers.get(name).get();
      } catch (ExecutionException error) {
        if (error.getCause() instanceof TopicAuthorizationException) {
          // The broker doesn't say which one it is about.
          throw new TopicAuthorizationException(Set.of(name));
        }
        throw error;
      }
    }
  }

  /** Whether the group exists doesn't matter, only whether we may use it. */
  private void checkGroup() throws InterruptedException, ExecutionException {
    try {
      if (group.isPresent()) {
        admin.describeConsumerGroups(List.of(group.get())).all().get();
      }
    } catch (ExecutionException error) {
      if (error.getCause() instanceof GroupAuthorizationException) {
        throw error;
      }
    }
  }

  private void failed(Exception error) {
    Optional<String> refusal = Refusal.in(error);
    if (refusal.isPresent() && !contacted) {
      shutdown.refused(refusal.get());
    } else if (refusal.isPresent()) {
      // One broker that restarts and hasn't loaded its users yet, or a right that was taken away.
      told(refusal.get());
    } else if (Refusal.causes(error).anyMatch(UnknownTopicOrPartitionException.class::isInstance)) {
      told("a topic is missing, one of " + String.join(", ", topics));
    } else if (isUnknownHost(error)) {
      told("no host of KAFKA_BOOTSTRAP_SERVERS is known");
    } else if (admin == null && !tokenMayComeLater(error)) {
      shutdown.wrongSetting(error.getMessage() + ": " + error.getCause());
    } else {
      told("no broker can be reached");
    }
  }

  /** Logging in happens while the client is made; the token endpoint may be starting as well. */
  private static boolean tokenMayComeLater(Exception error) {
    return Refusal.causes(error).anyMatch(LoginException.class::isInstance);
  }

  /** Names of containers and pods come and go with them. ClientUtils.parseAndValidateAddresses. */
  private static boolean isUnknownHost(Exception error) {
    return Refusal.causes(error)
        .anyMatch(
            cause ->
                cause instanceof ConfigException
                    && cause.getMessage().startsWith("No resolvable bootstrap urls"));
  }

  private void told(String now) {
    if (now == null && problem != null) {
      LOG.info("Connected to Kafka.");
    } else if (now != null && !now.equals(problem)) {
      LOG.warn("Waiting: {}.", now);
    }
    problem = now;
  }
}
