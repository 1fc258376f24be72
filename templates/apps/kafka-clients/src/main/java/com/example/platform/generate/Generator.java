package com.example.platform.generate;

import com.example.platform.event.Domain;
import com.example.platform.process.Shutdown;
import com.example.platform.settings.SettingsError;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;

/** {@code generate}: sample events, printed or posted to the producer. */
public final class Generator {
  private Generator() {}

  /** The exit code. */
  public static int run(String[] arguments, Domain<?> domain) {
    try {
      GeneratorOptions options = GeneratorOptions.of(arguments);
      return options.print() ? print(domain, options) : post(domain, options);
    } catch (SettingsError error) {
      System.err.println(error.getMessage());
      return Shutdown.WRONG_SETTING;
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      return Shutdown.BUG;
    }
  }

  private static int print(Domain<?> domain, GeneratorOptions options) {
    try (OutputStream out =
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)) {
      for (Iterator<Sample> all = Samples.of(domain, options).iterator(); all.hasNext(); ) {
        out.write(all.next().json());
        out.write('\n');
      }
    } catch (IOException error) {
      // `generate --print | head` has read enough.
      return Shutdown.STOPPED;
    }
    return Shutdown.STOPPED;
  }

  private static int post(Domain<?> domain, GeneratorOptions options) throws InterruptedException {
    Posting posting = new Posting(options.url(), options.rate());
    posting.postAll(Samples.of(domain, options));
    System.err.printf("%d events accepted%n", posting.accepted());
    posting.refused().forEach((answer, n) -> System.err.printf("%d not accepted: %s%n", n, answer));
    return posting.refused().isEmpty() ? Shutdown.STOPPED : Shutdown.BUG;
  }
}
