package com.example.platform.producer;

import com.example.platform.kafka.ClientConfig;
import com.example.platform.kafka.Headers;
import com.example.platform.web.Correlation;
import com.example.platform.web.Errors;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /events}: no thread waits while the brokers replicate. */
@RestController
final class EventController {
  private final EventIntake<?> intake;

  EventController(EventIntake<?> intake) {
    this.intake = intake;
  }

  @PostMapping("/events")
  CompletableFuture<ResponseEntity<Map<String, Object>>> accept(HttpServletRequest request)
      throws IOException {
    String correlationId = Correlation.of(request);
    return intake
        .accept(
            body(request.getInputStream()),
            correlationId,
            Optional.ofNullable(request.getHeader(Headers.TRACEPARENT)))
        .thenApply(answer -> response(answer, correlationId));
  }

  /** Read to the end, because a caller that is still sending hears no answer; not kept beyond. */
  private static byte[] body(InputStream in) throws IOException {
    byte[] body = in.readNBytes(ClientConfig.MAX_RECORD_BYTES + 1);
    in.transferTo(OutputStream.nullOutputStream());
    return body;
  }

  private static ResponseEntity<Map<String, Object>> response(Answer answer, String correlationId) {
    if (answer instanceof Answer.Accepted accepted) {
      return ResponseEntity.accepted().body(accepted(accepted));
    }
    Answer.Rejected rejected = (Answer.Rejected) answer;
    Rejection rejection = rejected.rejection();
    Map<String, Object> body = Errors.body(rejection.kind(), rejected.message(), correlationId);
    if (rejection.hasDetails()) {
      body.put("details", rejected.details());
    }
    var response = ResponseEntity.status(rejection.status());
    rejection
        .retryAfter()
        .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds)));
    return response.body(body);
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
