package com.example.platform.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads variables and collects what is wrong with them, so that one start tells all of it. */
final class Environment {
  private static final int LONGEST_MS = 3_600_000;

  private final Map<String, String> variables;
  private final List<String> faults = new ArrayList<>();

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The settings, or an error that names every fault; never a value, which may be a secret. */
  static <S> S read(Map<String, String> variables, Function<Environment, S> settings) {
    Environment environment = new Environment(variables);
    S read = settings.apply(environment);
    if (!environment.faults.isEmpty()) {
      throw new SettingsError(String.join("; ", environment.faults));
    }
    return read;
  }

  Optional<String> optional(String name) {
    // Compose passes an unset variable on as an empty one.
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  String text(String name, String otherwise) {
    return optional(name).orElse(otherwise);
  }

  String required(String name) {
    return optional(name).orElseGet(() -> fault(name, "is required", ""));
  }

  String oneOf(String name, String otherwise, String... allowed) {
    String value = text(name, otherwise);
    return List.of(allowed).contains(value)
        ? value
        : fault(name, "must be one of " + String.join(", ", allowed), otherwise);
  }

  int integer(String name, int otherwise, int least, int most) {
    try {
      int value = optional(name).map(Integer::valueOf).orElse(otherwise);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException error) {
      // Told below, like a number out of range.
    }
    return fault(name, "must be a whole number from %d to %d".formatted(least, most), otherwise);
  }

  Duration milliseconds(String name, int otherwise, int least) {
    return Duration.ofMillis(integer(name, otherwise, least, LONGEST_MS));
  }

  /** The text of a PEM file that holds such a block. */
  String pem(String name, String block) {
    String file = required(name);
    if (file.isEmpty()) {
      return file;
    }
    try {
      String text = Files.readString(Path.of(file), StandardCharsets.US_ASCII);
      return text.contains("BEGIN " + block)
          ? text
          : fault(name, "must be a PEM file with a " + block, "");
    } catch (IOException | InvalidPathException error) {
      return fault(name, "can't be read", "");
    }
  }

  <T> T fault(String name, String reason, T otherwise) {
    faults.add(name + ": " + reason);
    return otherwise;
  }
}
