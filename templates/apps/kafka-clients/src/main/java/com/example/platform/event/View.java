package com.example.platform.event;

import com.example.platform.store.Reader;
import java.util.Optional;

/**
 * A question that the consumer answers over HTTP.
 *
 * @param path below the service's root, with {@code {name}} for parameters
 * @param answer empty when there is no such thing
 */
public record View(String path, Answer answer) {

  /** Answers with what becomes JSON. */
  @FunctionalInterface
  public interface Answer {
    Optional<?> to(Parameters parameters, Reader store);
  }
}
