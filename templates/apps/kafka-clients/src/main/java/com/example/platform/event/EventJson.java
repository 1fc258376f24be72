package com.example.platform.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;
import tools.jackson.databind.type.LogicalType;

/** JSON as it is on the topic: every field has to be there, and nothing is coerced. */
public final class EventJson {
  /** In the order in which the records declare their fields. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addDeserializer(UUID.class, new StrictUuid())
                  .addDeserializer(Instant.class, new UtcMoment())
                  .addSerializer(Instant.class, new IsoMillis()))
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS))
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          // Unknown fields are ignored, so that a producer can be deployed first.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  private EventJson() {}

  /** Jackson's own also reads 22 characters of Base64. */
  private static final class StrictUuid extends StdScalarDeserializer<UUID> {
    private static final Pattern FORM =
        Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    StrictUuid() {
      super(UUID.class);
    }

    @Override
    public UUID deserialize(JsonParser parser, DeserializationContext context) {
      String text = parser.getValueAsString();
      return text != null && FORM.matcher(text).matches()
          ? UUID.fromString(text)
          : (UUID) context.handleWeirdStringValue(UUID.class, text, "must be a UUID");
    }
  }

  /** Jackson's own also reads numbers and local offsets. */
  private static final class UtcMoment extends StdScalarDeserializer<Instant> {
    UtcMoment() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
      try {
        return Moments.parse(String.valueOf(parser.getString()));
      } catch (IllegalArgumentException error) {
        return (Instant) context.handleWeirdStringValue(Instant.class, "", error.getMessage());
      }
    }
  }

  private static final class IsoMillis extends StdScalarSerializer<Instant> {
    IsoMillis() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant moment, JsonGenerator json, SerializationContext context) {
      json.writeString(Moments.iso(moment));
    }
  }
}
