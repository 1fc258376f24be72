package com.example.platform.settings;

/** A value that no log line and no error shows. */
public record Secret(String value) {
  @Override
  public String toString() {
    return "[hidden]";
  }
}
