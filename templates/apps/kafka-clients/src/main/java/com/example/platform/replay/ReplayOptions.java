package com.example.platform.replay;

import com.example.platform.settings.SettingsError;

/** What the replay tool's command line says. */
record ReplayOptions(long limit, boolean dryRun) {
  private static final String USAGE = "usage: replay [--limit N] [--dry-run]";

  static ReplayOptions of(String[] arguments) {
    long limit = Long.MAX_VALUE;
    boolean dryRun = false;
    for (int index = 0; index < arguments.length; index++) {
      switch (arguments[index]) {
        case "--dry-run" -> dryRun = true;
        case "--limit" -> limit = number(arguments, ++index);
        default -> throw new SettingsError(USAGE);
      }
    }
    return new ReplayOptions(limit, dryRun);
  }

  private static long number(String[] arguments, int index) {
    if (index < arguments.length && arguments[index].matches("0*[1-9]\\d{0,17}")) {
      return Long.parseLong(arguments[index]);
    }
    throw new SettingsError(USAGE);
  }
}
