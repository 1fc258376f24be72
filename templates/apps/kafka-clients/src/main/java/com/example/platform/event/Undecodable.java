package com.example.platform.event;

/** Not UTF-8 JSON. */
public final class Undecodable extends Exception {
  private static final long serialVersionUID = 1;

  public Undecodable(String message) {
    super(message);
  }
}
