package com.example.platform.event;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a caller asks with, from the path and from the query. */
public record Parameters(Map<String, String> values) {
  private static final int MOST = 500;

  public Parameters {
    values = Map.copyOf(values);
  }

  /** One that is in the path, and therefore always there. */
  public String path(String name) {
    return values.get(name);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  public Optional<String> oneOf(String name, Set<String> allowed) {
    Optional<String> value = text(name);
    if (value.isPresent() && !allowed.contains(value.get())) {
      throw new InvalidParameter(
          name + ": must be one of " + String.join(", ", new TreeSet<>(allowed)));
    }
    return value;
  }

  /** How many rows at most. */
  public int limit(int otherwise) {
    try {
      int limit = text("limit").map(Integer::valueOf).orElse(otherwise);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException error) {
      // Answered below, like a number out of range.
    }
    throw new InvalidParameter("limit: must be a whole number from 1 to " + MOST);
  }
}
