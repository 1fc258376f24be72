package com.example.platform.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions to the store, with {@code ?} for values; columns keep their names and order. */
@FunctionalInterface
public interface Reader {
  /** Throws {@link StoreUnavailable}. */
  List<Map<String, Object>> rows(String statement, Object... values);

  default Optional<Map<String, Object>> row(String statement, Object... values) {
    return rows(statement, values).stream().findFirst();
  }
}
