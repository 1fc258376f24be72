package com.example.platform.producer;

import com.example.platform.UseCase;
import com.example.platform.kafka.BrokerWatch;
import com.example.platform.kafka.ClientConfig;
import com.example.platform.kafka.LazyProducer;
import com.example.platform.metrics.ProducerMetrics;
import com.example.platform.metrics.Registry;
import com.example.platform.process.Parts;
import com.example.platform.process.Schedule;
import com.example.platform.process.Shutdown;
import com.example.platform.settings.ProducerSettings;
import com.example.platform.web.HttpServer;
import com.example.platform.web.Readiness;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Accepts events over HTTP and answers once the brokers have them. */
public final class ProducerApplication {
  private ProducerApplication() {}

  public static Parts start(ProducerSettings settings, Shutdown shutdown) {
    Parts parts = new Parts();
    var registry = Registry.ofThisProcess();
    var producer =
        parts.add(
            new LazyProducer(
                () -> new KafkaProducer<>(ClientConfig.eventProducer(settings)),
                settings.service().shutdownTimeout()));
    var intake =
        new EventIntake<>(
            UseCase.DOMAIN,
            new EventSender(producer),
            settings.topic(),
            settings.maxInFlight(),
            new ProducerMetrics(registry, settings.topic()));
    var watch =
        parts.add(
            new BrokerWatch(
                () -> admin(settings),
                List.of(settings.topic()),
                Optional.empty(),
                // Ready means that the first send won't have to wait for metadata.
                () -> producer.get().partitionsFor(settings.topic()),
                shutdown));
    parts.add(
        HttpServer.start(
            settings.service(),
            new Readiness(shutdown, List.of(watch::problem)),
            registry,
            (routes, threads) -> routes.post("/events", new EventRoute(intake, threads))));
    parts.add(new Schedule(shutdown).every(BrokerWatch.INTERVAL, watch::ask));
    return parts;
  }

  private static Admin admin(ProducerSettings settings) {
    return Admin.create(
        ClientConfig.admin(settings.connection(), settings.service().name() + "-watch"));
  }
}
