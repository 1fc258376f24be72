package com.example.platform.consumer;

import com.example.platform.UseCase;
import com.example.platform.kafka.Assignment;
import com.example.platform.kafka.BrokerWatch;
import com.example.platform.kafka.ClientConfig;
import com.example.platform.kafka.LagMonitor;
import com.example.platform.kafka.LazyProducer;
import com.example.platform.kafka.PollLoop;
import com.example.platform.metrics.ConsumerMetrics;
import com.example.platform.metrics.Registry;
import com.example.platform.process.Parts;
import com.example.platform.process.Schedule;
import com.example.platform.process.Shutdown;
import com.example.platform.settings.ConsumerSettings;
import com.example.platform.store.Database;
import com.example.platform.store.EventStore;
import com.example.platform.web.HttpServer;
import com.example.platform.web.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Reads events, applies each once, and answers questions about them. */
public final class ConsumerApplication {
  private static final Duration PRODUCER_CLOSE = Duration.ofSeconds(1);

  private ConsumerApplication() {}

  public static Parts start(ConsumerSettings settings, Shutdown shutdown) {
    Parts parts = new Parts();
    var registry = Registry.ofThisProcess();
    var metrics = new ConsumerMetrics(registry, settings.topic());
    var assignment = new Assignment();
    String group = settings.group().groupId();
    EventStore<?> store =
        parts.add(new EventStore<>(Database.of(settings.databaseUrl().value()), UseCase.DOMAIN));
    var deadLetters = parts.add(deadLetterProducer(settings));
    var processor =
        new BatchProcessor<>(
            store,
            new DeadLetterTopic(
                deadLetters, new DeadLetterRecords(settings.deadLetterTopic(), group)),
            metrics);
    var loop =
        new PollLoop(() -> reader(settings, processor, assignment, metrics), assignment, shutdown);
    var watch =
        parts.add(
            new BrokerWatch(
                () -> admin(settings, "-watch"),
                List.of(settings.topic(), settings.deadLetterTopic()),
                Optional.of(group),
                loop::start,
                shutdown));
    var lag =
        parts.add(
            new LagMonitor(
                () -> admin(settings, "-lag"), group, assignment::partitions, metrics::lag));
    parts.add(
        HttpServer.start(
            settings.service(),
            new Readiness(shutdown, List.of(watch::problem, assignment::problem)),
            registry,
            (routes, threads) -> new QueryRoutes(store).addTo(routes)));
    parts.add(loop);
    parts.add(
        new Schedule(shutdown)
            .every(BrokerWatch.INTERVAL, watch::ask)
            .every(LagMonitor.INTERVAL, lag::measure));
    return parts;
  }

  private static LazyProducer deadLetterProducer(ConsumerSettings settings) {
    return new LazyProducer(
        () -> new KafkaProducer<>(ClientConfig.deadLetterProducer(settings)), PRODUCER_CLOSE);
  }

  private static EventReader reader(
      ConsumerSettings settings,
      BatchProcessor<?> processor,
      Assignment assignment,
      ConsumerMetrics metrics) {
    return new EventReader(
            new KafkaConsumer<>(ClientConfig.eventConsumer(settings)),
            processor,
            assignment,
            metrics,
            settings.commitInterval())
        .subscribe(settings.topic());
  }

  private static Admin admin(ConsumerSettings settings, String suffix) {
    return Admin.create(
        ClientConfig.admin(settings.connection(), settings.service().name() + suffix));
  }
}
