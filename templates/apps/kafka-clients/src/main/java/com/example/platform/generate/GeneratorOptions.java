package com.example.platform.generate;

import com.example.platform.settings.SettingsError;
import java.net.URI;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the generator's command line says. */
record GeneratorOptions(
    int count, long seed, double rate, double duplicates, URI url, boolean print) {
  private static final String USAGE =
      "usage: generate [--count N] [--seed S] [--rate R] [--duplicates P]"
          + " [--url http://host:port] [--print]";

  static GeneratorOptions of(String[] arguments) {
    Map<String, String> given = new HashMap<>();
    Iterator<String> rest = List.of(arguments).iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      if (name.equals("--print")) {
        given.put(name, "");
      } else if (rest.hasNext()) {
        given.put(name, rest.next());
      } else {
        throw new SettingsError(name + " needs a value; " + USAGE);
      }
    }
    GeneratorOptions options =
        new GeneratorOptions(
            take(given, "--count", Integer::valueOf, 100),
            take(given, "--seed", Long::valueOf, 1L),
            take(given, "--rate", Double::valueOf, 0.0),
            take(given, "--duplicates", Double::valueOf, 0.0),
            take(given, "--url", URI::create, URI.create("http://127.0.0.1:8080")),
            given.remove("--print") != null);
    if (!given.isEmpty()) {
      throw new SettingsError("unknown: %s; %s".formatted(given.keySet(), USAGE));
    }
    return options.checked();
  }

  private static <T> T take(
      Map<String, String> given, String name, Function<String, T> parse, T otherwise) {
    String text = given.remove(name);
    try {
      return text == null ? otherwise : parse.apply(text);
    } catch (IllegalArgumentException error) {
      throw new SettingsError("%s %s; %s".formatted(name, text, USAGE));
    }
  }

  private GeneratorOptions checked() {
    boolean http =
        List.of("http", "https").contains(String.valueOf(url.getScheme())) && url.getHost() != null;
    if (count < 0 || !(rate >= 0) || !(duplicates >= 0 && duplicates <= 100) || !http) {
      throw new SettingsError(USAGE);
    }
    return this;
  }
}
