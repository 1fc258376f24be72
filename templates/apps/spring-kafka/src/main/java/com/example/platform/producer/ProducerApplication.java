package com.example.platform.producer;

import com.example.platform.UseCase;
import com.example.platform.kafka.BrokerWatch;
import com.example.platform.kafka.ClientConfig;
import com.example.platform.kafka.KafkaConfiguration;
import com.example.platform.metrics.ProducerMetrics;
import com.example.platform.process.Shutdown;
import com.example.platform.settings.ProducerSettings;
import com.example.platform.web.WebConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/** Accepts events over HTTP and answers once the brokers have them. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({WebConfiguration.class, KafkaConfiguration.class, EventController.class})
public class ProducerApplication {
  @Bean
  ProducerFactory<byte[], byte[]> producerFactory(ProducerSettings settings) {
    var factory =
        new DefaultKafkaProducerFactory<byte[], byte[]>(ClientConfig.eventProducer(settings));
    factory.setPhysicalCloseTimeout((int) settings.service().shutdownTimeout().toSeconds());
    return factory;
  }

  @Bean
  KafkaTemplate<byte[], byte[]> template(ProducerFactory<byte[], byte[]> factory) {
    return new KafkaTemplate<>(factory);
  }

  @Bean
  ProducerMetrics producerMetrics(MeterRegistry registry, ProducerSettings settings) {
    return new ProducerMetrics(registry, settings.topic());
  }

  @Bean
  EventIntake<?> intake(
      KafkaTemplate<byte[], byte[]> template, ProducerSettings settings, ProducerMetrics metrics) {
    return new EventIntake<>(
        UseCase.DOMAIN, sender(template), settings.topic(), settings.maxInFlight(), metrics);
  }

  @Bean
  BrokerWatch watch(
      ProducerSettings settings, KafkaTemplate<byte[], byte[]> template, Shutdown shutdown) {
    var config = ClientConfig.admin(settings.connection(), settings.service().name() + "-watch");
    return new BrokerWatch(
        () -> Admin.create(config),
        List.of(settings.topic()),
        Optional.empty(),
        // Ready means that the first send won't have to wait for metadata.
        () -> template.partitionsFor(settings.topic()),
        shutdown);
  }

  private static Sender sender(KafkaTemplate<byte[], byte[]> template) {
    return record -> {
      try {
        return template
            .send(record)
            .thenApply(
                sent -> {
                  var place = sent.getRecordMetadata();
                  return new Delivery(place.topic(), place.partition(), place.offset());
                });
      } catch (KafkaException | org.springframework.kafka.KafkaException failure) {
        // What the client finds out before anything is under way.
        return CompletableFuture.failedFuture(failure);
      }
    };
  }
}
