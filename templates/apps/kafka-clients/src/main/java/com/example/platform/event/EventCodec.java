package com.example.platform.event;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bytes to event, for the body of a request and for the value of a record. "Not JSON" and "not one
 * of our events" are answered apart.
 */
public final class EventCodec<E extends Event> {
  private static final Map<Class<?>, String> FORMS =
      Map.of(
          UUID.class, "a UUID",
          Instant.class, "ISO 8601 in UTC, such as 2026-01-01T12:00:00.000Z",
          String.class, "a string",
          int.class, "a whole number",
          long.class, "a whole number",
          boolean.class, "true or false",
          List.class, "a list",
          ObjectNode.class, "an object");

  private final ObjectReader reader;
  private final Class<E> events;
  private final Validator validator;

  public EventCodec(Domain<E> domain) {
    events = domain.events();
    reader = EventJson.MAPPER.readerFor(events);
    validator =
        Validation.byDefaultProvider()
            .configure()
            .ignoreXmlConfiguration()
            // Constraints have plain messages: no expression language is needed for them.
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();
  }

  public E decode(byte[] value) throws Undecodable, InvalidEvent {
    if (value == null) {
      throw new Undecodable("The record has no value.");
    }
    String text = utf8(value);
    try {
      return valid(events.cast(reader.readValue(text)));
    } catch (JacksonException error) {
      throwIfNotJson(text);
      throw new InvalidEvent(List.of(fault(error)));
    }
  }

  public static byte[] encode(Event event) {
    return EventJson.MAPPER.writeValueAsBytes(event);
  }

  private E valid(E event) throws InvalidEvent {
    if (event == null) {
      throw new InvalidEvent(List.of("event: must be an object"));
    }
    var violations = validator.validate(event);
    if (!violations.isEmpty()) {
      throw new InvalidEvent(violations.stream().map(EventCodec::fault).sorted().toList());
    }
    return event;
  }

  private static String utf8(byte[] value) throws Undecodable {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException error) {
      throw new Undecodable("The value is not UTF-8.");
    }
  }

  /** A wrong field may stand before a wrong bracket; then it isn't JSON all the same. */
  private static void throwIfNotJson(String text) throws Undecodable {
    try {
      if (EventJson.MAPPER.readTree(text).isMissingNode()) {
        throw new Undecodable("The value is empty.");
      }
    } catch (JacksonException error) {
      throw notJson(error);
    }
  }

  private static Undecodable notJson(JacksonException error) {
    var place = error.getLocation();
    return new Undecodable(
        place == null
            ? "The value is not JSON."
            : "The value is not JSON, from line %d, column %d."
                .formatted(place.getLineNr(), place.getColumnNr()));
  }

  private static String fault(ConstraintViolation<?> violation) {
    return violation.getPropertyPath() + ": " + violation.getMessage();
  }

  /** Without the input: it belongs neither in a header nor in a log line. */
  private static String fault(JacksonException error) {
    if (error instanceof InvalidTypeIdException) {
      return "eventType: must be one of this topic's event types";
    }
    String path =
        error.getPath().stream()
            .map(
                step ->
                    step.getPropertyName() == null ? "" + step.getIndex() : step.getPropertyName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "event: must be an object" : path + ": " + reason(error);
  }

  private static String reason(JacksonException error) {
    String message = error.getOriginalMessage();
    if (message.startsWith("Missing creator property")) {
      return "is required";
    }
    return error instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
        ? "must be " + FORMS.getOrDefault(mismatch.getTargetType(), "of another type")
        : "is not valid";
  }
}
