package com.example.platform.kafka;

import com.example.platform.web.HealthController;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** What all services share about Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
public class KafkaConfiguration {
  /** The watch, the lag and the end of a pause don't wait for each other. */
  private static final int THREADS = 3;

  @Bean
  ThreadPoolTaskScheduler taskScheduler() {
    ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    scheduler.setPoolSize(THREADS);
    scheduler.setThreadNamePrefix("schedule-");
    scheduler.setDaemon(true);
    return scheduler;
  }

  @Bean
  HealthIndicator brokers(BrokerWatch watch) {
    return () ->
        watch.problem().map(HealthController::notReady).orElseGet(() -> Health.up().build());
  }

  @Bean
  Asking asking(BrokerWatch watch) {
    return new Asking(watch);
  }

  /** Asks the brokers all the time. */
  record Asking(BrokerWatch watch) {
    @Scheduled(fixedDelay = 1000)
    void ask() {
      watch.ask();
    }
  }
}
