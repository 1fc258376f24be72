package com.example.platform.web;

import com.example.platform.event.Parameters;
import com.example.platform.event.View;
import com.example.platform.store.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The views of the use case as routes. */
public final class ViewRoutes {
  private ViewRoutes() {}

  public static RouterFunction<ServerResponse> of(List<View> views, Reader store) {
    RouterFunctions.Builder routes = RouterFunctions.route();
    for (View view : views) {
      routes.GET(view.path(), request -> answer(view, request, store));
    }
    return routes.build();
  }

  private static ServerResponse answer(View view, ServerRequest request, Reader store) {
    Map<String, String> values = new HashMap<>(request.params().toSingleValueMap());
    values.putAll(request.pathVariables());
    return ServerResponse.ok()
        .body(view.answer().to(new Parameters(values), store).orElseThrow(NotFound::new));
  }
}
