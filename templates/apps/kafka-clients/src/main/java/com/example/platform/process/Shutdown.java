package com.example.platform.process;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why and when the process ends. Any thread or signal may ask for it; the first counts. */
public class Shutdown {
  public static final int STOPPED = 0;
  public static final int BUG = 1;
  public static final int WRONG_SETTING = 2;
  public static final int KAFKA_REFUSED = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private final AtomicBoolean requested = new AtomicBoolean();
  private final AtomicInteger exitCode = new AtomicInteger(STOPPED);
  private volatile Runnable stop = () -> {};
  private volatile Duration timeout = Duration.ofSeconds(10);

  /** Signals stop the process in order and with 0; a thread that dies of a bug takes it along. */
  public static Shutdown install() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::stopInTime, "shutdown"));
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> shutdown.bug(failure));
    return shutdown;
  }

  /** What has to be stopped from now on. */
  public void onStop(Runnable stopInOrder, Duration atMost) {
    stop = stopInOrder;
    timeout = atMost;
  }

  public boolean isRequested() {
    return requested.get();
  }

  public int exitCode() {
    return exitCode.get();
  }

  /** Kafka said no for good: trying again would only repeat it. */
  public void refused(String reason) {
    if (request(KAFKA_REFUSED)) {
      LOG.error("Kafka refused, stopping: {}", reason);
      exit();
    }
  }

  public void wrongSetting(String reason) {
    if (request(WRONG_SETTING)) {
      LOG.error("Wrong settings: {}", reason);
      exit();
    }
  }

  public void bug(Throwable failure) {
    if (request(BUG)) {
      LOG.error("A bug, stopping.", failure);
      exit();
    }
  }

  private boolean request(int code) {
    boolean first = requested.compareAndSet(false, true);
    if (first) {
      exitCode.set(code);
    }
    return first;
  }

  /** From a thread of its own, because exit() never returns to the one that calls it. */
  private static void exit() {
    Thread exiting = new Thread(() -> System.exit(STOPPED), "exit");
    exiting.setDaemon(true);
    exiting.start();
  }

  private void stopInTime() {
    requested.set(true);
    Thread stopping = new Thread(stop, "stop");
    stopping.setDaemon(true);
    stopping.start();
    try {
      stopping.join(timeout.toMillis());
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
    if (stopping.isAlive()) {
      LOG.warn("Stopped before everything was done, after {} ms.", timeout.toMillis());
    } else {
      LOG.info("Stopped.");
    }
    // The one way to end a JVM on SIGTERM with a code of our own instead of 143.
    Runtime.getRuntime().halt(exitCode.get());
  }
}
