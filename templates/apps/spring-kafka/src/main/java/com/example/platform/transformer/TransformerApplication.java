package com.example.platform.transformer;

import com.example.platform.UseCase;
import com.example.platform.consumer.DeadLetterTopic;
import com.example.platform.kafka.Assignment;
import com.example.platform.kafka.BrokerWatch;
import com.example.platform.kafka.ClientConfig;
import com.example.platform.kafka.ContainerEnd;
import com.example.platform.kafka.Containers;
import com.example.platform.kafka.KafkaConfiguration;
import com.example.platform.kafka.Restart;
import com.example.platform.metrics.TransformerMetrics;
import com.example.platform.process.Shutdown;
import com.example.platform.settings.TransformerSettings;
import com.example.platform.web.WebConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
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
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.scheduling.TaskScheduler;

/** Reads events and writes one derived event for each, in Kafka transactions. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableKafka
@Import({
  WebConfiguration.class,
  KafkaConfiguration.class,
  StatsController.class,
  TransactionCounts.class,
  Assignment.class,
  Restart.class
})
public class TransformerApplication {
  @Bean
  TransformerMetrics metrics(MeterRegistry registry, TransformerSettings settings) {
    return new TransformerMetrics(registry, settings.topic());
  }

  @Bean
  ProducerFactory<byte[], byte[]> producerFactory(TransformerSettings settings) {
    var factory =
        new DefaultKafkaProducerFactory<byte[], byte[]>(
            ClientConfig.transactionalProducer(settings));
    factory.setTransactionIdPrefix(settings.transactionalId());
    factory.setTransactionIdSuffixStrategy(new OneTransactionalId());
    return factory;
  }

  @Bean
  KafkaTemplate<byte[], byte[]> template(ProducerFactory<byte[], byte[]> factory) {
    return new KafkaTemplate<>(factory);
  }

  @Bean
  TransactionEnd transactionEnd(TransactionCounts counts) {
    return new TransactionEnd(counts, InstantSource.system());
  }

  @Bean
  TransformListener listener(
      KafkaTemplate<byte[], byte[]> template, TransformerSettings settings, TransactionEnd end) {
    return new TransformListener(
        new EventTransform<>(UseCase.DOMAIN, settings.outputTopic()),
        template,
        new DeadLetterTopic(template, settings.deadLetterTopic(), settings.group().groupId()),
        end);
  }

  @Bean
  ConcurrentKafkaListenerContainerFactory<byte[], byte[]> kafkaListenerContainerFactory(
      TransformerSettings settings,
      ProducerFactory<byte[], byte[]> producers,
      TransactionEnd end,
      Assignment assignment,
      TaskScheduler scheduler,
      Restart restart,
      Shutdown shutdown) {
    var factory =
        Containers.factory(
            ClientConfig.transformerConsumer(settings), settings.service(), assignment, scheduler);
    KafkaTransactionManager<byte[], byte[]> transactions = new KafkaTransactionManager<>(producers);
    transactions.addListener(end);
    factory.getContainerProperties().setKafkaAwareTransactionManager(transactions);
    factory.setAfterRollbackProcessor(new Rollback(producers, end, shutdown));
    factory.setCommonErrorHandler(new OutsideTransactions(restart));
    return factory;
  }

  @Bean
  ContainerEnd containerEnd(
      TransformerSettings settings,
      Assignment assignment,
      TransactionEnd end,
      Restart restart,
      Shutdown shutdown) {
    return new ContainerEnd(
        settings.group().groupId(), assignment, end::tookTooLong, restart, shutdown);
  }

  @Bean
  BrokerWatch watch(
      TransformerSettings settings, KafkaListenerEndpointRegistry listeners, Shutdown shutdown) {
    var config = ClientConfig.admin(settings.connection(), settings.service().name() + "-watch");
    return new BrokerWatch(
        () -> Admin.create(config),
        List.of(settings.topic(), settings.outputTopic(), settings.deadLetterTopic()),
        Optional.of(settings.group().groupId()),
        () -> listeners.getListenerContainer(Containers.LISTENER).start(),
        shutdown);
  }
}
