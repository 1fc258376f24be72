package com.example.platform.replay;

import com.example.platform.kafka.ClientConfig;
import com.example.platform.kafka.Refusal;
import com.example.platform.process.Shutdown;
import com.example.platform.settings.ReplaySettings;
import com.example.platform.settings.SettingsError;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code replay [--limit N] [--dry-run]}. */
public final class ReplayTool {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayTool.class);

  private ReplayTool() {}

  /** The exit code. */
  public static int run(String[] arguments, Map<String, String> variables) {
    StopSignal signal = StopSignal.install();
    return signal.ended(run(arguments, variables, signal));
  }

  private static int run(String[] arguments, Map<String, String> variables, StopSignal signal) {
    try {
      return run(ReplaySettings.of(variables), ReplayOptions.of(arguments), signal);
    } catch (SettingsError error) {
      LOG.error("Wrong settings: {}", error.getMessage());
      return Shutdown.WRONG_SETTING;
    } catch (KafkaException error) {
      return codeOf(error);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      return Shutdown.BUG;
    }
  }

  private static int run(ReplaySettings settings, ReplayOptions options, StopSignal signal)
      throws InterruptedException {
    var contact = new FirstContact(settings.connection().bootstrapServers(), FirstContact.PATIENCE);
    try {
      if (!contact.awaitHost(signal::isReceived)) {
        return Shutdown.STOPPED;
      }
    } catch (NoBroker error) {
      int code = failed(error);
      Replay.tellNumbers(0, 0, options);
      return code;
    }
    try (var consumer = new KafkaConsumer<byte[], byte[]>(ClientConfig.replayConsumer(settings));
        var producer = new KafkaProducer<byte[], byte[]>(ClientConfig.replayProducer(settings))) {
      var replay = new Replay(consumer, producer, settings.topic(), options, signal::isReceived);
      return run(replay, settings.deadLetterTopic(), contact);
    }
  }

  private static int run(Replay replay, String deadLetterTopic, FirstContact contact)
      throws InterruptedException {
    int code = Shutdown.STOPPED;
    try {
      replay.run(deadLetterTopic, contact);
    } catch (KafkaException error) {
      code = codeOf(error);
    }
    // The last line of output, whatever happened.
    replay.tellNumbers();
    return code;
  }

  private static int codeOf(KafkaException error) {
    return Refusal.in(error).map(ReplayTool::refused).orElseGet(() -> failed(error));
  }

  private static int refused(String reason) {
    LOG.error("Kafka refused: {}", reason);
    return Shutdown.KAFKA_REFUSED;
  }

  private static int failed(KafkaException error) {
    if (error instanceof NoBroker) {
      LOG.error(error.getMessage());
    } else {
      LOG.error("Not all dead letters were replayed.", error);
    }
    return Shutdown.BUG;
  }
}
