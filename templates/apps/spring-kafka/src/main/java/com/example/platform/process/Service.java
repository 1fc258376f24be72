package com.example.platform.process;

import com.example.platform.settings.ServiceSettings;
import com.example.platform.settings.SettingsError;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** From the environment to a running Spring application, the same way for each service. */
public final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private Service() {}

  public static <S> void run(
      Class<?> application,
      Function<Map<String, String>, S> read,
      Function<S, ServiceSettings> common) {
    Shutdown shutdown = Shutdown.install();
    try {
      S settings = read.apply(System.getenv());
      ServiceSettings service = common.apply(settings);
      // Every exit goes through Shutdown, which knows its code.
      ConfigurableApplicationContext context = start(application, settings, service, shutdown);
      shutdown.onStop(context::close, service.shutdownTimeout());
      LOG.info("Listening on {}:{}.", service.httpHost(), service.httpPort());
    } catch (SettingsError error) {
      shutdown.wrongSetting(error.getMessage());
    } catch (PortInUseException error) {
      shutdown.wrongSetting("HTTP_HOST, HTTP_PORT: " + error.getMessage());
    } catch (RuntimeException error) {
      shutdown.bug(error);
    }
  }

  static <S> ConfigurableApplicationContext start(
      Class<?> application, S settings, ServiceSettings service, Shutdown shutdown) {
    SpringApplication spring = new SpringApplication(application);
    spring.setBannerMode(Banner.Mode.OFF);
    spring.setLogStartupInfo(false);
    spring.setRegisterShutdownHook(false);
    spring.setWebApplicationType(WebApplicationType.SERVLET);
    spring.setDefaultProperties(
        Map.of(
            "server.address",
            service.httpHost(),
            "server.port",
            service.httpPort(),
            "spring.lifecycle.timeout-per-shutdown-phase",
            service.shutdownTimeout()));
    spring.addInitializers(context -> register(context, settings, shutdown));
    return spring.run();
  }

  @SuppressWarnings("unchecked")
  private static <S> void register(
      ConfigurableApplicationContext context, S settings, Shutdown shutdown) {
    GenericApplicationContext beans = (GenericApplicationContext) context;
    beans.registerBean("settings", (Class<S>) settings.getClass(), () -> settings);
    beans.registerBean(Shutdown.class, () -> shutdown);
  }
}
