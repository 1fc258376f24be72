package com.example.platform.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.support.Records;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {
  @Test
  void theySayWhereTheRecordStoodAndWhyItIsHere() {
    var added = added(new DeadLetter(Records.of(42, "{"), ErrorClass.UNDECODABLE, "no JSON", 3));
    assertThat(added.remove("dlq-failed-at")).endsWith("Z");
    assertThat(added)
        .isEqualTo(
            Map.of(
                "dlq-original-topic", "events",
                "dlq-original-partition", "0",
                "dlq-original-offset", "42",
                "dlq-original-timestamp", "1767225600000",
                "dlq-error-class", "Undecodable",
                "dlq-error-message", "no JSON",
                "dlq-attempts", "3",
                "dlq-consumer-group", "readers"));
  }

  @Test
  void aCorrelationIdIsMadeIfThereIsNone() {
    var record = Records.of(42, "{");
    record.headers().remove("correlation-id");
    var letter = new DeadLetter(record, ErrorClass.UNDECODABLE, "no JSON", 1);
    assertThat(added(letter).get("correlation-id")).hasSize(36);
  }

  @Test
  void aMessageIsOneSentenceOfBoundedLength() {
    var cause = new IllegalStateException("x".repeat(1000) + "\nKey (text)=(s3cret)");
    assertThat(DeadLetter.of(cause, Records.of(1, "{"), 1).message())
        .startsWith("IllegalStateException: x")
        .hasSize(500);
  }

  private static Map<String, String> added(DeadLetter letter) {
    return DeadLetterHeaders.added(letter, "readers").entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> new String(e.getValue(), StandardCharsets.UTF_8)));
  }
}
