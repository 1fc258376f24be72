package com.example.platform.replay;

import org.apache.kafka.common.KafkaException;

/** None could be reached since the start. */
final class NoBroker extends KafkaException {
  private static final long serialVersionUID = 1;

  NoBroker(String message) {
    super(message);
  }
}
