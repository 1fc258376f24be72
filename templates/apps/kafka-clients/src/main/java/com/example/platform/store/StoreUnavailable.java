package com.example.platform.store;

/** Not the event's fault: the same work may succeed later. */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreUnavailable(Throwable cause) {
    // Drivers add hints on further lines.
    super(String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given"), cause);
  }
}
