package com.example.platform.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a service consists of; what was added last stops first. */
public final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  public <P extends AutoCloseable> P add(P part) {
    parts.push(part);
    return part;
  }

  /** All of them, also when one fails. */
  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception error) {
        LOG.warn("{} did not stop in order.", part.getClass().getSimpleName(), error);
      }
    }
  }
}
