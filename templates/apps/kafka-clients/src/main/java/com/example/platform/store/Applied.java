package com.example.platform.store;

import com.example.platform.event.Event;
import java.util.List;

/** What became of a batch. */
public record Applied<E extends Event>(List<E> events, int duplicates, List<Failed<E>> failed) {

  /** An event that the domain refused, or that its handler has a bug for. */
  public record Failed<E extends Event>(Received<E> received, Exception cause) {}
}
