package com.example.platform.kafka;

import com.example.platform.settings.ConnectionSettings;
import com.example.platform.settings.ConnectionSettings.Security;
import com.example.platform.settings.ConsumerSettings;
import com.example.platform.settings.GroupSettings;
import com.example.platform.settings.ProducerSettings;
import com.example.platform.settings.ReplaySettings;
import com.example.platform.settings.TransformerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The clients' settings, each with its reason where it isn't the default's. */
public final class ClientConfig {
  /** The broker's default for message.max.bytes, less a little for the batch around the record. */
  public static final int MAX_RECORD_BYTES = 1_000_000;

  /** How long a transaction of an instance that was killed holds up readers of committed data. */
  public static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

  private static final int BUFFER_BYTES = 64 * 1024 * 1024;
  private static final long LONGEST_BLOCK_MS = 1000;

  private ClientConfig() {}

  /** For questions about topics, groups and offsets. */
  public static Map<String, Object> admin(ConnectionSettings connection, String clientId) {
    Map<String, Object> config = connection(connection, clientId);
    // An answer that takes longer is as good as none: the next question follows soon.
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3000);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 4000);
    return config;
  }

  public static Map<String, Object> eventProducer(ProducerSettings settings) {
    long timeout = settings.deliveryTimeout().toMillis();
    Map<String, Object> config = durable(settings.connection(), settings.service().name());
    config.put(ProducerConfig.LINGER_MS_CONFIG, Math.min(5, timeout / 4));
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 65_536);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeout);
    // Shorter than the delivery timeout, so that a broker that hangs leaves time for another try.
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.min(10_000, timeout / 2));
    // send() waits in the caller's thread for a topic's metadata and for room. BrokerWatch keeps
    // the first at hand; without the second, a quick 503 is the better answer.
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(LONGEST_BLOCK_MS, timeout));
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES + 65_536);
    return config;
  }

  public static Map<String, Object> deadLetterProducer(ConsumerSettings settings) {
    Map<String, Object> config =
        durable(settings.connection(), settings.service().name() + "-dead-letters");
    // The consumer waits for it and can't poll meanwhile; it tries again after a back-off.
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2500L);
    return config;
  }

  public static Map<String, Object> transactionalProducer(TransformerSettings settings) {
    Map<String, Object> config = durable(settings.connection(), settings.service().name());
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 65_536);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    return config;
  }

  public static Map<String, Object> replayProducer(ReplaySettings settings) {
    return durable(settings.connection(), settings.name());
  }

  public static Map<String, Object> eventConsumer(ConsumerSettings settings) {
    return member(settings.connection(), settings.service().name(), settings.group());
  }

  public static Map<String, Object> transformerConsumer(TransformerSettings settings) {
    return member(settings.connection(), settings.service().name(), settings.group());
  }

  public static Map<String, Object> replayConsumer(ReplaySettings settings) {
    Map<String, Object> config = reader(settings.connection(), settings.name(), settings.groupId());
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
    return config;
  }

  private static Map<String, Object> member(
      ConnectionSettings connection, String clientId, GroupSettings group) {
    Map<String, Object> config = reader(connection, clientId, group.groupId());
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, group.maxPollRecords());
    group.instanceId().ifPresent(id -> config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
    if (group.kip848()) {
      // The broker assigns partitions and keeps the session's time; settings for them are refused.
      config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    } else {
      // Members keep their partitions in a rebalance, except those that move.
      config.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          CooperativeStickyAssignor.class.getName());
      config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 45_000);
    }
    return config;
  }

  private static Map<String, Object> reader(
      ConnectionSettings connection, String clientId, String groupId) {
    Map<String, Object> config = connection(connection, clientId);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    // A new group starts with what is there; the default would skip it.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // Offsets follow effects: a commit on a timer could run ahead of the store.
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // Memory: what is fetched ahead, for all partitions together.
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * 1024 * 1024);
    return config;
  }

  /** An event counts as sent when all in-sync replicas have it, once and in order. */
  private static Map<String, Object> durable(ConnectionSettings connection, String clientId) {
    Map<String, Object> config = connection(connection, clientId);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // The most for which the broker can still put retried batches in order.
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // A dead letter is larger than its record, by its headers. The broker decides.
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 10 * MAX_RECORD_BYTES);
    return config;
  }

  private static Map<String, Object> connection(ConnectionSettings connection, String clientId) {
    Map<String, Object> config = new HashMap<>();
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, connection.bootstrapServers());
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    // What is worth watching is on /metrics; nobody asks by JMX.
    config.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    config.putAll(security(connection.security()));
    return config;
  }

  private static Map<String, Object> security(Security security) {
    if (security instanceof Security.Scram scram) {
      return sasl(
          scram.ca(),
          "SCRAM-SHA-512",
          "org.apache.kafka.common.security.scram.ScramLoginModule required username=%s password=%s;"
              .formatted(quoted(scram.username()), quoted(scram.password().value())));
    }
    if (security instanceof Security.OAuth oauth) {
      return oauth(oauth);
    }
    if (security instanceof Security.ClientCertificate own) {
      Map<String, Object> config = tls("SSL", own.ca());
      config.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
      config.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, own.certificate());
      config.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, own.key().value());
      return config;
    }
    return Map.of();
  }

  private static Map<String, Object> oauth(Security.OAuth oauth) {
    // Kafka asks no URL for tokens that isn't on this list; it is empty by default.
    System.setProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls", oauth.tokenUrl());
    Map<String, Object> config =
        sasl(
            oauth.ca(),
            "OAUTHBEARER",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
    config.put(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID, oauth.clientId());
    config.put(
        SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET,
        oauth.clientSecret().value());
    oauth.scope().ifPresent(scope -> config.put(SaslConfigs.SASL_OAUTHBEARER_SCOPE, scope));
    config.put(
        SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS,
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
    config.put(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, oauth.tokenUrl());
    config.put(SaslConfigs.SASL_LOGIN_CONNECT_TIMEOUT_MS, 5000);
    config.put(SaslConfigs.SASL_LOGIN_READ_TIMEOUT_MS, 5000);
    return config;
  }

  private static Map<String, Object> sasl(String ca, String mechanism, String jaas) {
    Map<String, Object> config = tls("SASL_SSL", ca);
    config.put(SaslConfigs.SASL_MECHANISM, mechanism);
    config.put(SaslConfigs.SASL_JAAS_CONFIG, jaas);
    return config;
  }

  private static Map<String, Object> tls(String protocol, String ca) {
    Map<String, Object> config = new HashMap<>();
    config.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
    config.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
    config.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, ca);
    // A certificate of another host proves nothing.
    config.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "https");
    return config;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
