package com.example.platform.consumer;

import com.example.platform.store.EventStore;
import com.example.platform.web.ViewRoutes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.UUID;

/** Questions about what has been applied, whatever the use case; and its views. */
record QueryRoutes(EventStore<?> store) {
  void addTo(RoutesConfig routes) {
    routes.get("/events/{eventId}", this::event);
    routes.get("/stats", context -> context.json(store.stats()));
    ViewRoutes.add(routes, store.domain().views(), store);
  }

  private void event(Context context) {
    String eventId = canonical(context.pathParam("eventId"));
    context.json(store.find(eventId).orElseThrow(NotFoundResponse::new));
  }

  private static String canonical(String eventId) {
    try {
      return UUID.fromString(eventId).toString();
    } catch (IllegalArgumentException error) {
      throw new NotFoundResponse();
    }
  }
}
