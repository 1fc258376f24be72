package com.example.platform.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;

/** Where metrics are kept until Prometheus asks for them. */
public final class Registry {
  /** Names that Prometheus' own check of metrics complains about. */
  private static final Set<String> MISNAMED = Set.of("process.cpu.time", "system.cpu.count");

  private Registry() {}

  /** With what the JVM tells about itself: memory, garbage collection, threads, processor. */
  public static PrometheusMeterRegistry ofThisProcess() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(MeterFilter.deny(Registry::isMisnamed));
    List.of(
            new JvmMemoryMetrics(),
            new JvmGcMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics())
        .forEach(metrics -> metrics.bindTo(registry));
    return registry;
  }

  private static boolean isMisnamed(Meter.Id id) {
    return MISNAMED.contains(id.getName());
  }
}
