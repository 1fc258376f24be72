package com.example.platform.consumer;

import com.example.platform.UseCase;
import com.example.platform.kafka.Assignment;
import com.example.platform.kafka.BrokerWatch;
import com.example.platform.kafka.ClientConfig;
import com.example.platform.kafka.ContainerEnd;
import com.example.platform.kafka.Containers;
import com.example.platform.kafka.KafkaConfiguration;
import com.example.platform.kafka.LagMonitor;
import com.example.platform.kafka.Restart;
import com.example.platform.metrics.ConsumerMetrics;
import com.example.platform.process.Shutdown;
import com.example.platform.settings.ConsumerSettings;
import com.example.platform.store.Database;
import com.example.platform.store.EventStore;
import com.example.platform.web.ViewRoutes;
import com.example.platform.web.WebConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.ListenerContainerPauseService;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Reads events, applies each once, and answers questions about them. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableKafka
@Import({
  WebConfiguration.class,
  KafkaConfiguration.class,
  QueryController.class,
  EventListener.class,
  Assignment.class,
  Restart.class
})
public class ConsumerApplication {
  @Bean
  ConsumerMetrics metrics(MeterRegistry registry, ConsumerSettings settings) {
    return new ConsumerMetrics(registry, settings.topic());
  }

  @Bean
  EventStore<?> store(ConsumerSettings settings) {
    return new EventStore<>(Database.of(settings.databaseUrl().value()), UseCase.DOMAIN);
  }

  @Bean
  RouterFunction<ServerResponse> views(EventStore<?> store) {
    return ViewRoutes.of(store.domain().views(), store);
  }

  @Bean
  KafkaTemplate<byte[], byte[]> deadLetterTemplate(ConsumerSettings settings) {
    return new KafkaTemplate<>(
        new DefaultKafkaProducerFactory<>(ClientConfig.deadLetterProducer(settings)));
  }

  @Bean
  BatchProcessor<?> processor(
      EventStore<?> store,
      KafkaTemplate<byte[], byte[]> template,
      ConsumerSettings settings,
      ConsumerMetrics metrics) {
    var deadLetters =
        new DeadLetterTopic(template, settings.deadLetterTopic(), settings.group().groupId());
    return new BatchProcessor<>(store, deadLetters, metrics);
  }

  @Bean
  ConcurrentKafkaListenerContainerFactory<byte[], byte[]> kafkaListenerContainerFactory(
      ConsumerSettings settings,
      Assignment assignment,
      TaskScheduler scheduler,
      Restart restart,
      Shutdown shutdown) {
    var factory =
        Containers.factory(
            ClientConfig.eventConsumer(settings), settings.service(), assignment, scheduler);
    factory.setCommonErrorHandler(
        new NotYetHandler(new ListenerContainerPauseService(null, scheduler), restart, shutdown));
    // After the effect, and not after each batch: a commit is a round trip.
    factory.getContainerProperties().setAckMode(AckMode.TIME);
    factory.getContainerProperties().setAckTime(Math.max(1, settings.commitInterval().toMillis()));
    return factory;
  }

  @Bean
  ContainerEnd containerEnd(
      ConsumerSettings settings, Assignment assignment, Restart restart, Shutdown shutdown) {
    return new ContainerEnd(settings.group().groupId(), assignment, () -> false, restart, shutdown);
  }

  @Bean
  BrokerWatch watch(
      ConsumerSettings settings, KafkaListenerEndpointRegistry listeners, Shutdown shutdown) {
    return new BrokerWatch(
        () -> admin(settings, "-watch"),
        List.of(settings.topic(), settings.deadLetterTopic()),
        Optional.of(settings.group().groupId()),
        () -> listeners.getListenerContainer(Containers.LISTENER).start(),
        shutdown);
  }

  @Bean
  LagMonitor lag(ConsumerSettings settings, Assignment assignment, ConsumerMetrics metrics) {
    return new LagMonitor(
        () -> admin(settings, "-lag"),
        settings.group().groupId(),
        assignment::partitions,
        metrics::lag);
  }

  @Bean
  Measuring measuring(LagMonitor lag) {
    return new Measuring(lag);
  }

  /** Measures the lag all the time. */
  record Measuring(LagMonitor lag) {
    @Scheduled(fixedDelay = 1000)
    void measure() {
      lag.measure();
    }
  }

  private static Admin admin(ConsumerSettings settings, String suffix) {
    return Admin.create(
        ClientConfig.admin(settings.connection(), settings.service().name() + suffix));
  }
}
