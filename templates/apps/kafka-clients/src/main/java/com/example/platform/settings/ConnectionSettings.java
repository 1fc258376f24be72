package com.example.platform.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/** How to reach the brokers, and who we are to them. */
public record ConnectionSettings(String bootstrapServers, Security security) {
  private static final String SERVER = "([^\\s:,\\[\\]]+|\\[[0-9a-fA-F:.]+\\]):\\d{1,5}";
  private static final Pattern SERVERS = Pattern.compile(SERVER + "(\\s*,\\s*" + SERVER + ")*");

  /** Host names are verified wherever there is TLS. */
  public sealed interface Security {
    record Plaintext() implements Security {}

    record Scram(String ca, String username, Secret password) implements Security {}

    record OAuth(
        String ca, String tokenUrl, String clientId, Secret clientSecret, Optional<String> scope)
        implements Security {}

    record ClientCertificate(String ca, String certificate, Secret key) implements Security {}
  }

  static ConnectionSettings read(Environment environment) {
    String servers = environment.required("KAFKA_BOOTSTRAP_SERVERS");
    if (!servers.isEmpty() && !SERVERS.matcher(servers).matches()) {
      environment.fault("KAFKA_BOOTSTRAP_SERVERS", "must be host:port,host:port", "");
    }
    return new ConnectionSettings(servers, security(environment));
  }

  private static Security security(Environment environment) {
    String protocol =
        environment.oneOf("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT", "PLAINTEXT", "SASL_SSL", "SSL");
    if (protocol.equals("PLAINTEXT")) {
      return new Security.Plaintext();
    }
    String ca = environment.pem("KAFKA_SSL_CA_FILE", "CERTIFICATE");
    if (protocol.equals("SSL")) {
      return new Security.ClientCertificate(
          ca,
          environment.pem("KAFKA_SSL_CERTIFICATE_FILE", "CERTIFICATE"),
          // PKCS #8 without a password; PKCS #1 says RSA PRIVATE KEY, and Kafka can't read it.
          new Secret(environment.pem("KAFKA_SSL_KEY_FILE", "PRIVATE KEY")));
    }
    String mechanism =
        environment.oneOf("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512", "SCRAM-SHA-512", "OAUTHBEARER");
    return mechanism.equals("OAUTHBEARER") ? oauth(environment, ca) : scram(environment, ca);
  }

  private static Security scram(Environment environment, String ca) {
    return new Security.Scram(
        ca,
        environment.required("KAFKA_SASL_USERNAME"),
        new Secret(environment.required("KAFKA_SASL_PASSWORD")));
  }

  private static Security oauth(Environment environment, String ca) {
    String tokenUrl = environment.required("KAFKA_OAUTH_TOKEN_URL");
    if (!tokenUrl.isEmpty() && !tokenUrl.matches("https?://[^\\s/]+.*")) {
      environment.fault("KAFKA_OAUTH_TOKEN_URL", "must be an http(s) URL", "");
    }
    return new Security.OAuth(
        ca,
        tokenUrl,
        environment.required("KAFKA_OAUTH_CLIENT_ID"),
        new Secret(environment.required("KAFKA_OAUTH_CLIENT_SECRET")),
        environment.optional("KAFKA_OAUTH_SCOPE"));
  }
}
