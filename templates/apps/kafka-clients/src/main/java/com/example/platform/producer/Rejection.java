package com.example.platform.producer;

import com.example.platform.kafka.Refusal;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Which HTTP answer a failed send gets. The kinds are the contract with the callers. */
public enum Rejection {
  MALFORMED_JSON(400, "malformed_json", "invalid", "The body is not JSON."),
  INVALID_EVENT(422, "invalid_event", "invalid", "This is no valid event."),
  TOO_LARGE(413, "record_too_large", "too_large", "The event is larger than the topic accepts."),
  UNAUTHORISED(403, "not_authorised", "unauthorised", "This service may not write to the topic."),
  UNKNOWN_TOPIC(404, "unknown_topic", "unknown_topic", "The topic does not exist."),
  QUEUE_FULL(503, "queue_full", "queue_full", "Too many events wait for acknowledgement.", 1),
  /**
   * The event may have been written all the same. Sending it again with its event id is safe: the
   * consumer applies an id once.
   */
  NOT_DELIVERED(
      503, "not_delivered", "timeout", "No acknowledgement within the delivery timeout.", 5);

  private final int status;
  private final String kind;
  private final String metric;
  private final String message;
  private final int retryAfter;

  Rejection(int status, String kind, String metric, String message) {
    this(status, kind, metric, message, 0);
  }

  Rejection(int status, String kind, String metric, String message, int retryAfter) {
    this.status = status;
    this.kind = kind;
    this.metric = metric;
    this.message = message;
    this.retryAfter = retryAfter;
  }

  /** The client retries what is retriable itself, until the delivery timeout; the rest is final. */
  public static Rejection of(Throwable failure) {
    return Refusal.causes(failure)
        .flatMap(cause -> kind(cause).stream())
        .findFirst()
        .orElse(NOT_DELIVERED);
  }

  public int status() {
    return status;
  }

  public String kind() {
    return kind;
  }

  public String metric() {
    return metric;
  }

  public String message() {
    return message;
  }

  /** Whether the caller can learn which parts of the event are wrong. */
  public boolean hasDetails() {
    return this == MALFORMED_JSON || this == INVALID_EVENT;
  }

  /** In seconds, where sending it again later may help. */
  public OptionalInt retryAfter() {
    return retryAfter == 0 ? OptionalInt.empty() : OptionalInt.of(retryAfter);
  }

  private static Optional<Rejection> kind(Throwable cause) {
    if (cause instanceof RecordTooLargeException || cause instanceof RecordBatchTooLargeException) {
      return Optional.of(TOO_LARGE);
    }
    if (cause instanceof AuthorizationException) {
      return Optional.of(UNAUTHORISED);
    }
    if (cause instanceof UnknownTopicOrPartitionException) {
      return Optional.of(UNKNOWN_TOPIC);
    }
    return cause instanceof BufferExhaustedException ? Optional.of(QUEUE_FULL) : Optional.empty();
  }
}
