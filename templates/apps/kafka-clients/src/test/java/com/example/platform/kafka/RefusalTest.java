package com.example.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLHandshakeException;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

class RefusalTest {
  @Test
  void aWrongPasswordAndAWrongCertificateAreRefusals() {
    assertThat(in(new SaslAuthenticationException("invalid credentials")))
        .isEqualTo("invalid credentials");
    assertThat(
            in(
                new SslAuthenticationException(
                    "SSL handshake failed", new SSLHandshakeException("No name matching broker"))))
        .isEqualTo("the certificate is not accepted: No name matching broker");
  }

  @Test
  void aTokenThatIsRefusedIsSaidInTheWordsOfItsEndpoint() {
    String trace =
        "org.apache.kafka.common.KafkaException: "
            + "org.apache.kafka.common.security.oauthbearer.internals.secured.UnretryableException: "
            + "java.io.IOException: The response code 401 was encountered\n\tat Somewhere.java";
    assertThat(in(new KafkaException(new LoginException(trace))))
        .isEqualTo("no token for us: The response code 401 was encountered");
    assertThat(Refusal.in(new LoginException("java.net.ConnectException: refused"))).isEmpty();
  }

  @Test
  void aMissingRightIsNamed() {
    assertThat(in(new TopicAuthorizationException(Set.of("events")))).endsWith("topic events");
    assertThat(in(GroupAuthorizationException.forGroupId("readers"))).endsWith("group readers");
    assertThat(in(new TransactionalIdAuthorizationException("no")))
        .endsWith("KAFKA_TRANSACTIONAL_ID");
  }

  @Test
  void aLostConnectionIsNone() {
    assertThat(Refusal.in(new ExecutionException(new DisconnectException()))).isEmpty();
  }

  @Test
  void anIdentityThatAnotherInstanceHasNowIsNamed() {
    assertThat(Refusal.fenced(new ProducerFencedException("no"))).isPresent();
    assertThat(Refusal.fenced(new InvalidProducerEpochException("old"))).isPresent();
    assertThat(Refusal.fenced(new IllegalStateException(new FencedInstanceIdException("no"))))
        .hasValueSatisfying(text -> assertThat(text).endsWith("KAFKA_GROUP_INSTANCE_ID"));
    assertThat(Refusal.fenced(new DisconnectException())).isEmpty();
  }

  private static String in(Exception cause) {
    return Refusal.in(new ExecutionException(cause)).orElseThrow();
  }
}
