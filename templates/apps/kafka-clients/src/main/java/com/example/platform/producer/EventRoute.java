package com.example.platform.producer;

import com.example.platform.kafka.ClientConfig;
import com.example.platform.kafka.Headers;
import com.example.platform.web.Correlation;
import com.example.platform.web.Errors;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** {@code POST /events}: no thread waits while the brokers replicate. */
record EventRoute(EventIntake<?> intake, Executor threads) implements Handler {
  @Override
  public void handle(Context context) throws IOException {
    String correlationId = Correlation.of(context.req());
    CompletableFuture<Answer> answer =
        intake.accept(
            body(context.bodyInputStream()),
            correlationId,
            Optional.ofNullable(context.header(Headers.TRACEPARENT)));
    // Not in the Kafka client's thread: it sends for all, and must not wait for one slow caller.
    context.future(
        () -> answer.thenAcceptAsync(told -> respond(context, told, correlationId), threads));
  }

  /** Read to the end, because a caller that is still sending hears no answer; not kept beyond. */
  private static byte[] body(InputStream in) throws IOException {
    byte[] body = in.readNBytes(ClientConfig.MAX_RECORD_BYTES + 1);
    in.transferTo(OutputStream.nullOutputStream());
    return body;
  }

  private static void respond(Context context, Answer answer, String correlationId) {
    if (answer instanceof Answer.Accepted accepted) {
      context.status(202).json(accepted(accepted));
      return;
    }
    Answer.Rejected rejected = (Answer.Rejected) answer;
    Rejection rejection = rejected.rejection();
    Map<String, Object> body = Errors.body(rejection.kind(), rejected.message(), correlationId);
    if (rejection.hasDetails()) {
      body.put("details", rejected.details());
    }
    rejection
        .retryAfter()
        .ifPresent(seconds -> context.header(Header.RETRY_AFTER, String.valueOf(seconds)));
    context.status(rejection.status()).json(body);
  }

  private static Map<String, Object> accepted(Answer.Accepted accepted) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("eventId", accepted.eventId());
    body.put("topic", accepted.delivery().topic());
    body.put("partition", accepted.delivery().partition());
    body.put("offset", accepted.delivery().offset());
    return body;
  }
}
