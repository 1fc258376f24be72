package com.example.platform.web;

import com.example.platform.event.EventJson;
import com.example.platform.settings.ServiceSettings;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.json.JsonMapper;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.DispatcherType;
import java.lang.reflect.Type;
import java.util.EnumSet;
import java.util.concurrent.Executor;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** What all services have over HTTP: health, metrics, correlation ids and one shape of errors. */
public final class HttpServer implements AutoCloseable {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Javalin javalin;

  private HttpServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /** What a service has besides; {@code threads} are for answers that come later. */
  @FunctionalInterface
  public interface Routes {
    void addTo(RoutesConfig routes, Executor threads);
  }

  public static HttpServer start(
      ServiceSettings service,
      Readiness readiness,
      PrometheusMeterRegistry registry,
      Routes ownRoutes) {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("http");
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.startupWatcherEnabled = false;
              config.http.prefer405over404 = true;
              // The delivery timeout ends a request.
              config.http.asyncTimeout = 0;
              config.jsonMapper(new TopicJson());
              config.jetty.threadPool = threads;
              stopInOrder(config, service);
              config.jetty.modifyServletContextHandler(HttpServer::addCorrelation);
              Errors.addTo(config.routes);
              readiness.addTo(config.routes);
              config.routes.get(
                  "/metrics",
                  context -> context.contentType(PROMETHEUS_TEXT).result(registry.scrape()));
              ownRoutes.addTo(config.routes, threads);
            });
    return new HttpServer(javalin.start(service.httpHost(), service.httpPort()));
  }

  /** Takes no more connections, and lets requests that are under way have their answer. */
  @Override
  public void close() {
    javalin.stop();
  }

  private static void stopInOrder(JavalinConfig config, ServiceSettings service) {
    config.jetty.modifyServer(
        server -> {
          server.setHandler(new GracefulHandler());
          server.setStopTimeout(service.shutdownTimeout().toMillis());
        });
  }

  private static void addCorrelation(ServletContextHandler context) {
    FilterHolder correlation = new FilterHolder(new Correlation());
    correlation.setAsyncSupported(true);
    context.addFilter(correlation, "/*", EnumSet.of(DispatcherType.REQUEST));
  }

  /** Answers are written as events are. */
  private static final class TopicJson implements JsonMapper {
    @Override
    public String toJsonString(Object body, Type type) {
      return EventJson.MAPPER.writeValueAsString(body);
    }
  }
}
