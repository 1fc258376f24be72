package com.example.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.settings.ConnectionSettings;
import com.example.platform.settings.ConnectionSettings.Security;
import com.example.platform.settings.ConsumerSettings;
import com.example.platform.settings.ProducerSettings;
import com.example.platform.settings.ReplaySettings;
import com.example.platform.settings.Secret;
import com.example.platform.settings.TransformerSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConfigTest {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "KAFKA_BOOTSTRAP_SERVERS", "one:9092",
          "KAFKA_TOPIC", "events",
          "KAFKA_GROUP_ID", "group",
          "KAFKA_DEAD_LETTER_TOPIC", "events.dlq",
          "KAFKA_OUTPUT_TOPIC", "derived",
          "KAFKA_TRANSACTIONAL_ID", "one");

  @Test
  void eventsAreSentDurablyAndInOrder() {
    assertThat(ClientConfig.eventProducer(ProducerSettings.of(VARIABLES)))
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true)
        .containsEntry("max.in.flight.requests.per.connection", 5)
        .containsEntry("compression.type", "lz4")
        .containsEntry("linger.ms", 5L)
        .containsEntry("batch.size", 65_536)
        .containsEntry("delivery.timeout.ms", 30_000)
        // The client's own partitioner is murmur2 of the key.
        .doesNotContainKey("partitioner.class");
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "30000", "3600000"})
  void everyDeliveryTimeoutMakesAConfigurationThatTheClientTakes(String timeout) {
    Map<String, String> variables = new HashMap<>(VARIABLES);
    variables.put("KAFKA_DELIVERY_TIMEOUT_MS", timeout);
    var config = ClientConfig.eventProducer(ProducerSettings.of(variables));
    assertThat(new ProducerConfig(config).getInt("delivery.timeout.ms"))
        .isGreaterThanOrEqualTo(
            (int) config.get("request.timeout.ms") + ((Long) config.get("linger.ms")).intValue());
  }

  @Test
  void allConfigurationsAreKnownToTheClient() {
    ConsumerSettings consumer = ConsumerSettings.of(VARIABLES);
    TransformerSettings transformer = TransformerSettings.of(VARIABLES);
    ReplaySettings replay = ReplaySettings.of(VARIABLES);
    new ProducerConfig(ClientConfig.deadLetterProducer(consumer));
    new ProducerConfig(ClientConfig.replayProducer(replay));
    new ConsumerConfig(ClientConfig.replayConsumer(replay));
    new ConsumerConfig(ClientConfig.transformerConsumer(transformer));
    new AdminClientConfig(ClientConfig.admin(consumer.connection(), "admin"));
    assertThat(
            new ProducerConfig(ClientConfig.transactionalProducer(transformer))
                .getString("transactional.id"))
        .isEqualTo("one");
  }

  @Test
  void aMemberKeepsItsPartitionsAndCommitsItself() {
    assertThat(ClientConfig.eventConsumer(ConsumerSettings.of(VARIABLES)))
        .containsEntry("session.timeout.ms", 45_000)
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("auto.offset.reset", "earliest")
        .containsEntry("enable.auto.commit", false)
        .containsEntry("max.poll.records", 500)
        .hasEntrySatisfying(
            "partition.assignment.strategy",
            name -> assertThat(name.toString()).endsWith("CooperativeStickyAssignor"));
  }

  @Test
  void theNewProtocolLeavesToTheBrokerWhatTheBrokerDecides() {
    Map<String, String> variables = new HashMap<>(VARIABLES);
    variables.put("KAFKA_GROUP_PROTOCOL", "consumer");
    variables.put("KAFKA_GROUP_INSTANCE_ID", "a");
    var config = ClientConfig.eventConsumer(ConsumerSettings.of(variables));
    new ConsumerConfig(config);
    assertThat(config)
        .containsEntry("group.protocol", "consumer")
        .containsEntry("group.instance.id", "a")
        .doesNotContainKeys("session.timeout.ms", "partition.assignment.strategy");
  }

  @Test
  void hostNamesAreVerifiedWhateverTheLogin() {
    assertThat(secured(new Security.Scram("ca", "a\"nn", new Secret("s3\\cret"))))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry("ssl.endpoint.identification.algorithm", "https")
        .containsEntry("ssl.truststore.type", "PEM")
        .hasEntrySatisfying(
            "sasl.jaas.config",
            jaas ->
                assertThat(jaas.toString())
                    .contains("username=\"a\\\"nn\"", "password=\"s3\\\\cret\""));
    assertThat(secured(new Security.ClientCertificate("ca", "chain", new Secret("key"))))
        .containsEntry("security.protocol", "SSL")
        .containsEntry("ssl.endpoint.identification.algorithm", "https")
        .containsEntry("ssl.keystore.certificate.chain", "chain")
        .containsEntry("ssl.keystore.key", "key");
  }

  @Test
  void theTokenEndpointIsAllowedToBeAsked() {
    var oauth =
        new Security.OAuth(
            "ca", "http://localhost/token", "app", new Secret("s3cret"), Optional.of("kafka"));
    assertThat(secured(oauth))
        .containsEntry("sasl.mechanism", "OAUTHBEARER")
        .containsEntry("sasl.oauthbearer.token.endpoint.url", "http://localhost/token")
        .containsEntry("sasl.oauthbearer.scope", "kafka");
    assertThat(System.getProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls"))
        .isEqualTo("http://localhost/token");
  }

  private static Map<String, Object> secured(Security security) {
    return ClientConfig.admin(new ConnectionSettings("one:9092", security), "admin");
  }
}
