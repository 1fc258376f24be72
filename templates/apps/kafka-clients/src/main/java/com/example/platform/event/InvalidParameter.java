package com.example.platform.event;

/** The caller's mistake; the message names the parameter. */
public final class InvalidParameter extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InvalidParameter(String message) {
    super(message);
  }
}
