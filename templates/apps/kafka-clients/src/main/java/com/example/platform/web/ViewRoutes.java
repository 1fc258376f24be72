package com.example.platform.web;

import com.example.platform.event.Parameters;
import com.example.platform.event.View;
import com.example.platform.store.Reader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The views of the use case as routes. */
public final class ViewRoutes {
  private ViewRoutes() {}

  public static void add(RoutesConfig routes, List<View> views, Reader store) {
    for (View view : views) {
      routes.get(view.path(), context -> answer(view, context, store));
    }
  }

  private static void answer(View view, Context context, Reader store) {
    Map<String, String> values = new HashMap<>();
    context.queryParamMap().forEach((name, given) -> values.put(name, given.get(0)));
    values.putAll(context.pathParamMap());
    context.json(
        view.answer().to(new Parameters(values), store).orElseThrow(NotFoundResponse::new));
  }
}
