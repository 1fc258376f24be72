package com.example.platform.web;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.system.SystemMetricsAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What all services share over HTTP. Spring Boot's parts are imported by name instead of being
 * searched for: it halves the time to start, and nothing is there that nobody asked for.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
  CompositeMeterRegistryAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  EndpointAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  JacksonAutoConfiguration.class,
  JvmMetricsAutoConfiguration.class,
  LifecycleAutoConfiguration.class,
  ManagementContextAutoConfiguration.class,
  MetricsAutoConfiguration.class,
  PrometheusMetricsExportAutoConfiguration.class,
  PropertyPlaceholderAutoConfiguration.class,
  ServletManagementContextAutoConfiguration.class,
  SystemMetricsAutoConfiguration.class,
  TomcatServletWebServerAutoConfiguration.class,
  WebEndpointAutoConfiguration.class,
  WebMvcAutoConfiguration.class
})
@Import({Correlation.class, Errors.class, HealthController.class})
public class WebConfiguration {}
