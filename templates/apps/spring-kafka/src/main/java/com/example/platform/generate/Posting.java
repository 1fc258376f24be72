package com.example.platform.generate;

import com.example.platform.event.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** Posts events at a rate, several at a time, those of one key one after the other. */
final class Posting {
  /** So many that few keys share one: the busiest key bounds the rate, which waits for itself. */
  private static final int LANES = 64;

  /** In all lanes about 10,000: a slow producer slows us down instead of filling our memory. */
  private static final int LANE_CAPACITY = 150;

  /** A producer that answers 503 is full or cut off for the moment. */
  private static final int ATTEMPTS = 5;

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Sample END = new Sample("", new byte[0]);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI events;
  private final double rate;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Map<String, Integer> refused = new TreeMap<>();

  Posting(URI producer, double rate) {
    events = URI.create(producer.toString().replaceAll("/+$", "") + "/events");
    this.rate = rate;
  }

  int accepted() {
    return accepted.get();
  }

  /** How many were not accepted, by the last answer. */
  synchronized Map<String, Integer> refused() {
    return new TreeMap<>(refused);
  }

  void postAll(Stream<Sample> samples) throws InterruptedException {
    List<BlockingQueue<Sample>> lanes = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int number = 0; number < LANES; number++) {
      BlockingQueue<Sample> lane = new ArrayBlockingQueue<>(LANE_CAPACITY);
      lanes.add(lane);
      threads.add(new Thread(() -> serve(lane), "lane-" + number));
    }
    threads.forEach(Thread::start);
    long begun = System.nanoTime();
    long number = 0;
    for (var iterator = samples.iterator(); iterator.hasNext(); number++) {
      Sample sample = iterator.next();
      waitForTurn(begun, number);
      // One key, one lane: its events arrive in the order in which they happened.
      lanes.get(Math.floorMod(sample.key().hashCode(), LANES)).put(sample);
    }
    for (BlockingQueue<Sample> lane : lanes) {
      lane.put(END);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void waitForTurn(long begun, long number) throws InterruptedException {
    if (rate > 0) {
      long wait = begun + (long) (number / rate * 1e9) - System.nanoTime();
      Thread.sleep(Math.max(0, wait / 1_000_000));
    }
  }

  private void serve(BlockingQueue<Sample> lane) {
    try {
      int attempts = ATTEMPTS;
      for (Sample sample = lane.take(); sample != END; sample = lane.take()) {
        String refusal = post(sample, attempts);
        // A producer that was away for one event won't be waited for with every other.
        attempts = refusal == null ? ATTEMPTS : 1;
        count(refusal);
      }
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(String refusal) {
    if (refusal == null) {
      accepted.incrementAndGet();
    } else {
      synchronized (this) {
        refused.merge(refusal, 1, Integer::sum);
      }
    }
  }

  /** Null when the event was accepted, otherwise the last answer. */
  private String post(Sample sample, int attempts) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(events)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(sample.json()))
            .build();
    String answer = "";
    for (int attempt = 0; attempt < attempts; attempt++) {
      long retryAfterMs = 200L << attempt;
      try {
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 202) {
          return null;
        }
        answer = response.statusCode() + " " + kind(response.body());
        if (response.statusCode() != 503) {
          return answer;
        }
        retryAfterMs = retryAfterMs(response).orElse(retryAfterMs);
      } catch (IOException error) {
        // Repeating is safe: the event keeps its id.
        answer = error.getClass().getSimpleName();
      }
      if (attempt + 1 < attempts) {
        Thread.sleep(retryAfterMs);
      }
    }
    return answer;
  }

  /** A proxy may answer with a date; then ours is as good. */
  private static OptionalLong retryAfterMs(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,3}"))
        .stream()
        .mapToLong(seconds -> Long.parseLong(seconds) * 1000)
        .findFirst();
  }

  private static String kind(String body) {
    try {
      return EventJson.MAPPER.readTree(body).path("error").asString("(no reason given)");
    } catch (JacksonException error) {
      return "(no reason given)";
    }
  }
}
