package com.example.platform.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.example.platform.event.Moments;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object a line, with the same field names in every service, for our lines and others'.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final JsonFactory JSON = new JsonFactory();

  private String service = "";

  /** Set in logback.xml. */
  public void setService(String service) {
    this.service = service;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      for (Map.Entry<String, Object> field : fields(event).entrySet()) {
        write(json, field.getKey(), field.getValue());
      }
      json.writeEndObject();
    }
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  private Map<String, Object> fields(ILoggingEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("timestamp", Moments.iso(event.getInstant()));
    fields.put("level", level(event));
    fields.put("service", service);
    fields.put("message", event.getFormattedMessage());
    fields.putAll(event.getMDCPropertyMap());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        fields.put(pair.key, pair.value);
      }
    }
    if (event.getThrowableProxy() != null) {
      String name = event.getThrowableProxy().getClassName();
      fields.putIfAbsent("errorClass", name.substring(name.lastIndexOf('.') + 1));
      fields.put("stack", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return fields;
  }

  private static void write(JsonGenerator json, String name, Object value) {
    if (value instanceof Number number) {
      json.writeNumberProperty(name, number.longValue());
    } else if (value != null) {
      json.writeStringProperty(name, value.toString());
    }
  }

  private static String level(ILoggingEvent event) {
    return switch (event.getLevel().levelStr) {
      case "WARN" -> "warning";
      case "TRACE" -> "debug";
      default -> event.getLevel().levelStr.toLowerCase(Locale.ROOT);
    };
  }
}
