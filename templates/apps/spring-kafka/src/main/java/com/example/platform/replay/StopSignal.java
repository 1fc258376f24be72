package com.example.platform.replay;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** SIGTERM and SIGINT: what is under way is finished, as far as there is time. */
final class StopSignal {
  private static final int SECONDS = 8;

  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private volatile boolean received;

  static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::finish, "stop"));
    return signal;
  }

  boolean isReceived() {
    return received;
  }

  /** The tool is done. */
  int ended(int code) {
    exitCode.complete(code);
    return code;
  }

  private void finish() {
    received = true;
    // The one way to end a JVM on SIGTERM with a code of our own instead of 143.
    Runtime.getRuntime().halt(code());
  }

  private int code() {
    try {
      return exitCode.get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException error) {
      // Brokers are away. What was not committed is for the next replay.
      return 0;
    }
  }
}
