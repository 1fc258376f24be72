package com.example.platform.process;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does the same again and again, in the background. */
public final class Schedule implements AutoCloseable {
  /** The watch and the lag don't wait for each other. */
  private static final int THREADS = 2;

  private static final long PATIENCE_MS = 500;

  private final ScheduledExecutorService threads =
      new ScheduledThreadPoolExecutor(THREADS, Schedule::thread);
  private final Shutdown shutdown;

  public Schedule(Shutdown shutdown) {
    this.shutdown = shutdown;
  }

  /** {@code interval} is from the end of one time to the beginning of the next. */
  public Schedule every(Duration interval, Runnable task) {
    threads.scheduleWithFixedDelay(
        () -> orStop(task), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }

  /** An executor would keep the failure to itself, and never try again. */
  private void orStop(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException error) {
      shutdown.bug(error);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "schedule");
    thread.setDaemon(true);
    return thread;
  }
}
