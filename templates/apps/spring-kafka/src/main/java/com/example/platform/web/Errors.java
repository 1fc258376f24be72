package com.example.platform.web;

import com.example.platform.event.InvalidParameter;
import com.example.platform.store.StoreUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every error has the same shape, whoever raised it. */
@RestControllerAdvice
public final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  /** The body of every error. */
  public static Map<String, Object> body(String kind, String message, String correlationId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", kind);
    body.put("message", message);
    body.put("correlationId", correlationId);
    return body;
  }

  @ExceptionHandler
  ResponseEntity<Object> invalid(InvalidParameter error, HttpServletRequest request) {
    Map<String, Object> body =
        body("invalid_request", "The request is not valid.", Correlation.of(request));
    body.put("details", List.of(error.getMessage()));
    return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT).body(body);
  }

  @ExceptionHandler
  ResponseEntity<Object> noStore(StoreUnavailable error, HttpServletRequest request) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "5")
        .body(
            body(
                "store_unavailable",
                "The store can't be reached at the moment.",
                Correlation.of(request)));
  }

  /** Spring's own, such as an unknown path, know their status; anything else is a bug. */
  @ExceptionHandler
  ResponseEntity<Object> other(Exception error, HttpServletRequest request) {
    if (error instanceof ErrorResponse known) {
      HttpStatusCode status = known.getStatusCode();
      String reason = HttpStatus.valueOf(status.value()).getReasonPhrase();
      return ResponseEntity.status(status)
          .headers(known.getHeaders())
          .body(body(kind(reason), reason + ".", Correlation.of(request)));
    }
    LOG.error("This is a bug.", error);
    return ResponseEntity.internalServerError()
        .body(body("internal_error", "This is a bug; the log says more.", Correlation.of(request)));
  }

  private static String kind(String reason) {
    return reason.toLowerCase(Locale.ROOT).replace(' ', '_');
  }
}
