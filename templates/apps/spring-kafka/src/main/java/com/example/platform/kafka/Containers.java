package com.example.platform.kafka;

import com.example.platform.settings.ServiceSettings;
import java.time.Duration;
import java.util.Map;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.scheduling.TaskScheduler;

/** What the listener containers of this application have in common. */
public final class Containers {
  /** The one listener of each application. */
  public static final String LISTENER = "events";

  /** How long a poll waits for records: the most that a commit which is due is late. */
  private static final long POLL_MS = 200;

  private static final Duration AUTH_RETRY = Duration.ofSeconds(1);
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

  private Containers() {}

  public static ConcurrentKafkaListenerContainerFactory<byte[], byte[]> factory(
      Map<String, Object> consumer,
      ServiceSettings service,
      Assignment assignment,
      TaskScheduler scheduler) {
    var factory = new ConcurrentKafkaListenerContainerFactory<byte[], byte[]>();
    factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(consumer));
    factory.setBatchListener(true);
    // BrokerWatch starts it.
    factory.setAutoStartup(false);
    ContainerProperties properties = factory.getContainerProperties();
    properties.setPollTimeout(POLL_MS);
    properties.setConsumerRebalanceListener(assignment);
    properties.setAuthExceptionRetryInterval(AUTH_RETRY);
    properties.setSyncCommitTimeout(COMMIT_TIMEOUT);
    properties.setStopContainerWhenFenced(true);
    properties.setShutdownTimeout(service.shutdownTimeout().toMillis());
    properties.setScheduler(scheduler);
    // Ours are the platform's metrics; Spring's would be the same numbers under other names.
    properties.setMicrometerEnabled(false);
    return factory;
  }
}
