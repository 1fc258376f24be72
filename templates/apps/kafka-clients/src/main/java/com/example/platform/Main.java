package com.example.platform;

import com.example.platform.consumer.ConsumerApplication;
import com.example.platform.generate.Generator;
import com.example.platform.process.Service;
import com.example.platform.process.Shutdown;
import com.example.platform.producer.ProducerApplication;
import com.example.platform.replay.ReplayTool;
import com.example.platform.settings.ConsumerSettings;
import com.example.platform.settings.ProducerSettings;
import com.example.platform.settings.TransformerSettings;
import com.example.platform.transformer.TransformerApplication;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** {@code java -jar platform-app.jar producer|consumer|transformer|generate|replay [options]}. */
public final class Main {
  private static final Map<String, String> LOGBACK_LEVELS =
      Map.of("debug", "debug", "info", "info", "warning", "warn", "error", "error");

  private Main() {}

  public static void main(String[] arguments) {
    String part = arguments.length == 0 ? "" : arguments[0];
    nameLogs(part, System.getenv());
    String[] options =
        Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
    switch (part) {
      case "producer" ->
          Service.run(ProducerApplication::start, ProducerSettings::of, ProducerSettings::service);
      case "consumer" ->
          Service.run(ConsumerApplication::start, ConsumerSettings::of, ConsumerSettings::service);
      case "transformer" ->
          Service.run(
              TransformerApplication::start, TransformerSettings::of, TransformerSettings::service);
      case "generate" -> System.exit(Generator.run(options, UseCase.DOMAIN));
      case "replay" -> System.exit(ReplayTool.run(options, System.getenv()));
      default -> {
        System.err.println("usage: producer | consumer | transformer | generate | replay");
        System.exit(Shutdown.WRONG_SETTING);
      }
    }
  }

  /** Before the first logger is made, which reads logback.xml. */
  private static void nameLogs(String part, Map<String, String> variables) {
    String name = variables.getOrDefault("SERVICE_NAME", "");
    System.setProperty("log.service", name.isBlank() ? part : name);
    String level = variables.getOrDefault("LOG_LEVEL", "");
    System.setProperty("log.level", LOGBACK_LEVELS.getOrDefault(level, "info"));
    // PostgreSQL's driver logs with java.util.logging; its lines become JSON like all others.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
