package com.example.platform.kafka;

import org.apache.kafka.common.KafkaException;

/** Whoever tried again would hear the same: the service ends, whatever has gone well before. */
public final class RefusedForGood extends KafkaException {
  private static final long serialVersionUID = 1;

  public RefusedForGood(String reason, Throwable cause) {
    super(reason, cause);
  }
}
