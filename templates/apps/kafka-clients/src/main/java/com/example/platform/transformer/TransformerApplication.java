package com.example.platform.transformer;

import com.example.platform.UseCase;
import com.example.platform.consumer.DeadLetterRecords;
import com.example.platform.kafka.Assignment;
import com.example.platform.kafka.BrokerWatch;
import com.example.platform.kafka.ClientConfig;
import com.example.platform.kafka.PollLoop;
import com.example.platform.metrics.Registry;
import com.example.platform.metrics.TransformerMetrics;
import com.example.platform.process.Parts;
import com.example.platform.process.Schedule;
import com.example.platform.process.Shutdown;
import com.example.platform.settings.TransformerSettings;
import com.example.platform.web.HttpServer;
import com.example.platform.web.Readiness;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Reads events and writes one derived event for each, in Kafka transactions. */
public final class TransformerApplication {
  private TransformerApplication() {}

  public static Parts start(TransformerSettings settings, Shutdown shutdown) {
    Parts parts = new Parts();
    var registry = Registry.ofThisProcess();
    var counts = new TransactionCounts(new TransformerMetrics(registry, settings.topic()));
    var assignment = new Assignment();
    var loop = new PollLoop(() -> reader(settings, counts, assignment), assignment, shutdown);
    var watch =
        parts.add(
            new BrokerWatch(
                () -> admin(settings),
                List.of(settings.topic(), settings.outputTopic(), settings.deadLetterTopic()),
                Optional.of(settings.group().groupId()),
                loop::start,
                shutdown));
    parts.add(
        HttpServer.start(
            settings.service(),
            new Readiness(shutdown, List.of(watch::problem, assignment::problem)),
            registry,
            (routes, threads) -> routes.get("/stats", context -> context.json(counts.stats()))));
    parts.add(loop);
    parts.add(new Schedule(shutdown).every(BrokerWatch.INTERVAL, watch::ask));
    return parts;
  }

  private static TransformReader reader(
      TransformerSettings settings, TransactionCounts counts, Assignment assignment) {
    return new TransformReader(
            new KafkaConsumer<>(ClientConfig.transformerConsumer(settings)),
            () -> new KafkaProducer<>(ClientConfig.transactionalProducer(settings)),
            new EventTransform<>(UseCase.DOMAIN, settings.outputTopic()),
            new DeadLetterRecords(settings.deadLetterTopic(), settings.group().groupId()),
            counts,
            assignment,
            InstantSource.system())
        .subscribe(settings.topic());
  }

  private static Admin admin(TransformerSettings settings) {
    return Admin.create(
        ClientConfig.admin(settings.connection(), settings.service().name() + "-watch"));
  }
}
