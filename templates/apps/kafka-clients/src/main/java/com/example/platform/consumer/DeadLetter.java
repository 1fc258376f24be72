package com.example.platform.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that can't be handled, and why. */
public record DeadLetter(
    ConsumerRecord<byte[], byte[]> record, ErrorClass errorClass, String message, int attempts) {

  /** Headers count as size, and what databases add on further lines may quote the event. */
  private static final int LONGEST_MESSAGE = 500;

  public DeadLetter {
    String sentence = message.lines().findFirst().orElse("");
    message = sentence.substring(0, Math.min(LONGEST_MESSAGE, sentence.length()));
  }

  public static DeadLetter of(
      Exception cause, ConsumerRecord<byte[], byte[]> record, int attempts) {
    return new DeadLetter(
        record,
        ErrorClass.HANDLER_FAILED,
        "%s: %s".formatted(cause.getClass().getSimpleName(), cause.getMessage()),
        attempts);
  }
}
