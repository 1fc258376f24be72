package com.example.platform.event;

/** Thrown by a domain for an event that is well-formed and still makes no sense. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Refused(String message) {
    super(message);
  }
}
