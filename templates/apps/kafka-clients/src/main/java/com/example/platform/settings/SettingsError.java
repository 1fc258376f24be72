package com.example.platform.settings;

/** A setting is missing or wrong; the message names it. */
public final class SettingsError extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SettingsError(String message) {
    super(message);
  }
}
