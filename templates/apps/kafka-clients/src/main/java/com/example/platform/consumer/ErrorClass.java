package com.example.platform.consumer;

/** Why a record became a dead letter. */
public enum ErrorClass {
  /** Not UTF-8 JSON. */
  UNDECODABLE("Undecodable"),
  /** Wrong shape, or an unknown type. */
  INVALID_EVENT("InvalidEvent"),
  /** The domain refused it, or the handler has a bug. */
  HANDLER_FAILED("HandlerFailed");

  private final String label;

  ErrorClass(String label) {
    this.label = label;
  }

  /** As in headers, metrics and log lines. */
  public String label() {
    return label;
  }
}
