package com.example.platform.consumer;

import com.example.platform.kafka.RefusedForGood;
import java.util.List;

/** Where records go that can't be handled, so that somebody can look at them and replay them. */
@FunctionalInterface
public interface DeadLetters {
  /**
   * Returns those that were not acknowledged: their offsets must not be committed yet. Throws
   * {@link RefusedForGood} for one that the topic will never take.
   */
  List<DeadLetter> write(List<DeadLetter> letters);
}
