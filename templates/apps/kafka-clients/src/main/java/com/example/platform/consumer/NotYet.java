package com.example.platform.consumer;

/** Something that a batch needs is away; nothing is wrong with its records. */
public final class NotYet extends Exception {
  private static final long serialVersionUID = 1;

  private final int attempts;

  NotYet(String message, int attempts) {
    super(message);
    this.attempts = attempts;
  }

  /** How often it was tried by now. */
  public int attempts() {
    return attempts;
  }
}
