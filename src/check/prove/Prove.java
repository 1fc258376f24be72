import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kafka.server.KafkaConfig;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.runtime.ConnectorConfig;
import org.apache.kafka.connect.runtime.SinkConnectorConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.apache.kafka.storage.internals.log.LogConfig;

/** What Kafka itself says to configurations, a line each: arguments are kind, file, kind, file ... */
final class Prove {
  public static void main(String[] args) throws Exception {
    // A client takes its time to go, of which most is waiting.
    var threads = Executors.newFixedThreadPool(16);
    try {
      var verdicts = new ArrayList<Future<String>>();
      for (int at = 0; at < args.length; at += 2) {
        String kind = args[at];
        Path file = Path.of(args[at + 1]);
        verdicts.add(threads.submit(() -> verdict(kind, file)));
      }
      for (var verdict : verdicts) System.out.println(verdict.get().replaceAll("\\s+", " "));
    } finally {
      threads.shutdownNow();
    }
  }

  private static String verdict(String kind, Path file) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(Files.readString(file)));
    return verdict(kind, properties);
  }

  private static String verdict(String kind, Properties properties) {
    try {
      switch (kind) {
        case "broker" -> KafkaConfig.fromProps(properties);
        case "producer" -> producer(properties);
        case "consumer" -> consumer(properties);
        case "connect-sink", "connect-source" -> connector(kind, properties);
        // With what a broker has by itself, and tiered storage.
        case "topic" ->
            LogConfig.validate(
                Map.<String, String>of(), texts(properties), Map.of("compression.type", "producer"), true);
        case "connect-distributed" -> new DistributedConfig(texts(properties));
        case "connect-standalone" -> new StandaloneConfig(texts(properties));
        case "admin" -> new AdminClientConfig(properties);
        default -> throw new IllegalArgumentException(kind);
      }
      return "accepted";
    } catch (RuntimeException error) {
      Throwable cause = error.getCause() == null ? error : error.getCause();
      return "refused: " + cause.getMessage();
    }
  }

  /** Some combinations are only looked at by the client itself; it connects in the background. */
  private static void producer(Properties properties) {
    properties.put("bootstrap.servers", "127.0.0.1:1");
    var bytes = new ByteArraySerializer();
    new KafkaProducer<>(properties, bytes, bytes).close(Duration.ZERO);
  }

  private static void consumer(Properties properties) {
    properties.put("bootstrap.servers", "127.0.0.1:1");
    var bytes = new ByteArrayDeserializer();
    new KafkaConsumer<>(properties, bytes, bytes).close(Duration.ZERO);
  }

  /** What the REST interface says before a connector's own class is asked. */
  private static void connector(String kind, Properties properties) {
    var texts = texts(properties);
    if (kind.equals("connect-sink")) SinkConnectorConfig.validate(texts);
    new ConnectorConfig(plugins(), texts);
  }

  private static Plugins plugins;

  private static synchronized Plugins plugins() {
    if (plugins == null) plugins = new Plugins(Map.of());
    return plugins;
  }

  private static Map<String, String> texts(Properties properties) {
    var texts = new HashMap<String, String>();
    properties.forEach((key, value) -> texts.put((String) key, (String) value));
    return texts;
  }
}
