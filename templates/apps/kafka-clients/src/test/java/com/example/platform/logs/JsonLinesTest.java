package com.example.platform.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.example.platform.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;

class JsonLinesTest {
  private final JsonLines lines = new JsonLines();

  @Test
  void aLineHasTheFieldsOfEveryService() {
    LoggingEvent event = event(Level.WARN, null, Map.of("correlationId", "c-1"));
    event.setKeyValuePairs(
        List.of(new KeyValuePair("offset", 42L), new KeyValuePair("eventId", null)));
    JsonNode line = line(event);
    assertThat(line.propertyNames())
        .containsExactly("timestamp", "level", "service", "message", "correlationId", "offset");
    assertThat(line.get("timestamp").asString()).isEqualTo("2026-01-01T12:00:00.000Z");
    assertThat(line.get("level").asString()).isEqualTo("warning");
    assertThat(line.get("service").asString()).isEqualTo("consumer");
    assertThat(line.get("message").asString()).isEqualTo("two \"words\"\nand a line");
    assertThat(line.get("offset").asLong()).isEqualTo(42);
  }

  @Test
  void anErrorHasItsClassAndItsStack() {
    JsonNode line = line(event(Level.ERROR, new IllegalStateException("gone"), Map.of()));
    assertThat(line.get("errorClass").asString()).isEqualTo("IllegalStateException");
    assertThat(line.get("stack").asString()).contains("IllegalStateException: gone");
  }

  @Test
  void aLineIsALine() {
    byte[] line = lines.encode(event(Level.INFO, null, Map.of()));
    assertThat(new String(line, StandardCharsets.UTF_8)).endsWith("}\n").hasLineCount(1);
  }

  private JsonNode line(LoggingEvent event) {
    lines.setService("consumer");
    return EventJson.MAPPER.readTree(lines.encode(event));
  }

  private static LoggingEvent event(Level level, Throwable cause, Map<String, String> mdc) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent(
            "", context.getLogger("test"), level, "two \"words\"\nand a line", cause, null);
    event.setInstant(Instant.parse("2026-01-01T12:00:00Z"));
    event.setMDCPropertyMap(mdc);
    return event;
  }
}
