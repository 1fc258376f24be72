package com.example.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.platform.settings.ConnectionSettings.Security;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "KAFKA_BOOTSTRAP_SERVERS", "one:9092,two:9092",
          "KAFKA_TOPIC", "events",
          "KAFKA_GROUP_ID", "group",
          "KAFKA_DEAD_LETTER_TOPIC", "events.dlq",
          "KAFKA_OUTPUT_TOPIC", "derived",
          "KAFKA_TRANSACTIONAL_ID", "one");

  @TempDir private Path folder;

  @Test
  void defaultsAreThoseOfTheContract() {
    ProducerSettings producer = ProducerSettings.of(REQUIRED);
    ConsumerSettings consumer = ConsumerSettings.of(REQUIRED);
    TransformerSettings transformer = TransformerSettings.of(REQUIRED);
    assertThat(producer.service())
        .isEqualTo(
            new ServiceSettings("producer", "127.0.0.1", 8080, "info", Duration.ofSeconds(10)));
    assertThat(producer.deliveryTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(producer.maxInFlight()).isEqualTo(10_000);
    assertThat(consumer.service().name()).isEqualTo("consumer");
    assertThat(consumer.service().httpPort()).isEqualTo(8081);
    assertThat(consumer.group())
        .isEqualTo(new GroupSettings("group", false, Optional.empty(), 500));
    assertThat(consumer.commitInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(consumer.databaseUrl().value()).isEqualTo("sqlite:///data/store.db");
    assertThat(transformer.service().httpPort()).isEqualTo(8082);
    assertThat(ReplaySettings.of(REQUIRED).groupId()).isEqualTo("group.replay");
  }

  @Test
  void everyMissingSettingIsNamed() {
    assertThatThrownBy(() -> ConsumerSettings.of(Map.of()))
        .isInstanceOf(SettingsError.class)
        .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS: is required")
        .hasMessageContaining("KAFKA_TOPIC: is required")
        .hasMessageContaining("KAFKA_GROUP_ID: is required")
        .hasMessageContaining("KAFKA_DEAD_LETTER_TOPIC: is required");
  }

  @Test
  void anEmptyVariableIsAnUnsetOne() {
    assertThat(ProducerSettings.of(with("HTTP_PORT", "")).service().httpPort()).isEqualTo(8080);
    assertThatThrownBy(() -> ProducerSettings.of(with("KAFKA_TOPIC", " ")))
        .hasMessage("KAFKA_TOPIC: is required");
  }

  @ParameterizedTest
  @CsvSource({
    "KAFKA_BOOTSTRAP_SERVERS, one",
    "KAFKA_BOOTSTRAP_SERVERS, 'one:9092,two'",
    "KAFKA_SECURITY_PROTOCOL, SASL_PLAINTEXT",
    "KAFKA_GROUP_PROTOCOL, new",
    "HTTP_PORT, 70000",
    "HTTP_PORT, http",
    "MAX_POLL_RECORDS, 0",
    "COMMIT_INTERVAL_MS, soon",
    "DATABASE_URL, mysql://somewhere/db",
    "DATABASE_URL, sqlite:///",
    "DATABASE_URL, postgresql://",
    "DATABASE_URL, postgresql://app:p@ss@db/store",
    "DATABASE_URL, postgresql://db:543210/store",
    "LOG_LEVEL, loud",
    "KAFKA_DEAD_LETTER_TOPIC, events"
  })
  void aWrongSettingIsNamed(String name, String value) {
    assertThatThrownBy(() -> ConsumerSettings.of(with(name, value)))
        .isInstanceOf(SettingsError.class)
        .hasMessageStartingWith(name + ": ");
  }

  @Test
  void theTransformerMustNotReadWhatItWrites() {
    assertThatThrownBy(() -> TransformerSettings.of(with("KAFKA_OUTPUT_TOPIC", "events")))
        .hasMessage("KAFKA_OUTPUT_TOPIC: must not be KAFKA_TOPIC");
  }

  @Test
  void saslSslNeedsUserPasswordAndCa() {
    assertThatThrownBy(() -> ProducerSettings.of(with("KAFKA_SECURITY_PROTOCOL", "SASL_SSL")))
        .hasMessageContaining("KAFKA_SSL_CA_FILE: is required")
        .hasMessageContaining("KAFKA_SASL_USERNAME: is required")
        .hasMessageContaining("KAFKA_SASL_PASSWORD: is required");
  }

  @Test
  void aCaFileThatIsMissingOrHoldsSomethingElseIsNamed() throws Exception {
    var variables = with("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
    variables.put("KAFKA_SSL_CA_FILE", folder.resolve("none.pem").toString());
    assertThatThrownBy(() -> ProducerSettings.of(variables))
        .hasMessageContaining("KAFKA_SSL_CA_FILE: can't be read");
    variables.put("KAFKA_SSL_CA_FILE", pem("PRIVATE KEY"));
    assertThatThrownBy(() -> ProducerSettings.of(variables))
        .hasMessageContaining("KAFKA_SSL_CA_FILE: must be a PEM file with a CERTIFICATE");
  }

  @Test
  void eachWayToLogInHasItsSettings() throws Exception {
    var scram = with("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
    scram.put("KAFKA_SSL_CA_FILE", pem("CERTIFICATE"));
    scram.put("KAFKA_SASL_USERNAME", "ann");
    scram.put("KAFKA_SASL_PASSWORD", "s3cret");
    assertThat(security(scram)).isInstanceOf(Security.Scram.class);

    var oauth = new HashMap<>(scram);
    oauth.put("KAFKA_SASL_MECHANISM", "OAUTHBEARER");
    assertThatThrownBy(() -> security(oauth))
        .hasMessageContaining("KAFKA_OAUTH_TOKEN_URL: is required");
    oauth.put("KAFKA_OAUTH_TOKEN_URL", "http://localhost/token");
    oauth.put("KAFKA_OAUTH_CLIENT_ID", "app");
    oauth.put("KAFKA_OAUTH_CLIENT_SECRET", "s3cret");
    assertThat(security(oauth)).isInstanceOf(Security.OAuth.class);

    var certificate = with("KAFKA_SECURITY_PROTOCOL", "SSL");
    certificate.put("KAFKA_SSL_CA_FILE", pem("CERTIFICATE"));
    certificate.put("KAFKA_SSL_CERTIFICATE_FILE", pem("CERTIFICATE"));
    certificate.put("KAFKA_SSL_KEY_FILE", pem("RSA PRIVATE KEY"));
    assertThatThrownBy(() -> security(certificate)).hasMessageContaining("KAFKA_SSL_KEY_FILE");
    certificate.put("KAFKA_SSL_KEY_FILE", pem("PRIVATE KEY"));
    assertThat(security(certificate)).isInstanceOf(Security.ClientCertificate.class);
  }

  @Test
  void neitherSettingsNorTheirErrorsShowASecret() {
    var variables = with("DATABASE_URL", "mysql://app:s3cret@db/store");
    assertThatThrownBy(() -> ConsumerSettings.of(variables)).message().doesNotContain("s3cret");
    variables.put("DATABASE_URL", "postgresql://app:s3cret@db/store");
    assertThat(ConsumerSettings.of(variables).toString()).doesNotContain("s3cret");
  }

  private static Security security(Map<String, String> variables) {
    return ProducerSettings.of(variables).connection().security();
  }

  private String pem(String block) throws Exception {
    Path file = Files.createTempFile(folder, "test", ".pem");
    return Files.writeString(file, "-----BEGIN " + block + "-----\n").toString();
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> variables = new HashMap<>(REQUIRED);
    variables.put(name, value);
    return variables;
  }
}
