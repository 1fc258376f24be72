package com.example.platform.metrics;

import com.example.platform.consumer.ErrorClass;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Dead letters by class; all of them exist from the start, at 0. */
public final class DeadLetterMetrics {
  private final Map<ErrorClass, Counter> written = new EnumMap<>(ErrorClass.class);

  public DeadLetterMetrics(MeterRegistry registry) {
    for (ErrorClass errorClass : ErrorClass.values()) {
      written.put(
          errorClass,
          Counter.builder("app.events.dead.lettered")
              .description("Records acknowledged by the dead letter topic.")
              .tag("error_class", errorClass.label())
              .register(registry));
    }
  }

  public Counter written(ErrorClass errorClass) {
    return written.get(errorClass);
  }
}
