package com.example.platform.web;

import com.example.platform.event.InvalidParameter;
import com.example.platform.store.StoreUnavailable;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error has the same shape, whoever raised it. */
public final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  private Errors() {}

  /** The body of every error. */
  public static Map<String, Object> body(String kind, String message, String correlationId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", kind);
    body.put("message", message);
    body.put("correlationId", correlationId);
    return body;
  }

  static void addTo(RoutesConfig routes) {
    routes.exception(InvalidParameter.class, Errors::invalid);
    routes.exception(StoreUnavailable.class, Errors::noStore);
    routes.exception(HttpResponseException.class, Errors::known);
    routes.exception(Exception.class, Errors::bug);
  }

  private static void invalid(InvalidParameter error, Context context) {
    Map<String, Object> body =
        body("invalid_request", "The request is not valid.", Correlation.of(context.req()));
    body.put("details", List.of(error.getMessage()));
    context.status(HttpStatus.UNPROCESSABLE_CONTENT).json(body);
  }

  private static void noStore(StoreUnavailable error, Context context) {
    context.header(Header.RETRY_AFTER, "5");
    respond(
        context,
        HttpStatus.SERVICE_UNAVAILABLE,
        "store_unavailable",
        "The store can't be reached at the moment.");
  }

  /** Javalin's own, such as an unknown path. */
  private static void known(HttpResponseException error, Context context) {
    HttpStatus status = HttpStatus.forStatus(error.getStatus());
    String reason = status.getMessage();
    respond(context, status, reason.toLowerCase(Locale.ROOT).replace(' ', '_'), reason + ".");
  }

  private static void bug(Exception error, Context context) {
    LOG.error("This is a bug.", error);
    respond(
        context,
        HttpStatus.INTERNAL_SERVER_ERROR,
        "internal_error",
        "This is a bug; the log says more.");
  }

  private static void respond(Context context, HttpStatus status, String kind, String message) {
    context.status(status).json(body(kind, message, Correlation.of(context.req())));
  }
}
