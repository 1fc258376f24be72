package com.example.platform.process;

import com.example.platform.settings.ServiceSettings;
import com.example.platform.settings.SettingsError;
import io.javalin.util.JavalinBindException;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the environment to running parts, the same way for each service. */
public final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private Service() {}

  /** Makes a service's parts and starts them. */
  @FunctionalInterface
  public interface Application<S> {
    Parts start(S settings, Shutdown shutdown);
  }

  public static <S> void run(
      Application<S> application,
      Function<Map<String, String>, S> read,
      Function<S, ServiceSettings> common) {
    Shutdown shutdown = Shutdown.install();
    try {
      S settings = read.apply(System.getenv());
      ServiceSettings service = common.apply(settings);
      // Every exit goes through Shutdown, which knows its code.
      Parts parts = application.start(settings, shutdown);
      shutdown.onStop(parts::close, service.shutdownTimeout());
      LOG.info("Listening on {}:{}.", service.httpHost(), service.httpPort());
    } catch (SettingsError error) {
      shutdown.wrongSetting(error.getMessage());
    } catch (JavalinBindException error) {
      shutdown.wrongSetting("HTTP_HOST, HTTP_PORT: " + error.getMessage());
    } catch (RuntimeException error) {
      shutdown.bug(error);
    }
  }
}
