package com.example.platform.pageviews;

import com.example.platform.generate.Source;
import java.util.Arrays;
import java.util.List;

/** A shop with a few busy visitors and many who look in once. */
final class Samples {
  private static final int VISITORS = 2000;

  private static final List<String> PAGES =
      List.of(
          "/",
          "/search",
          "/products/espresso-machine",
          "/products/burr-grinder",
          "/products/kettle-gooseneck",
          "/products/beans-ethiopia-guji",
          "/products/beans-colombia-huila",
          "/products/filter-papers",
          "/cart",
          "/checkout",
          "/account/orders",
          "/blog/how-to-descale",
          "/blog/water-hardness",
          "/help/shipping",
          "/help/returns");

  /** Null is a visitor who typed the address. */
  private static final List<String> REFERRERS =
      Arrays.asList(
          null,
          "https://www.google.com/",
          "https://duckduckgo.com/",
          "https://www.instagram.com/",
          "https://newsletter.example.com/spring");

  private static final List<String> COUNTRIES =
      List.of("DE", "US", "GB", "FR", "NL", "SE", "PL", "JP", "BR", "CH");

  private Samples() {}

  static PageViewed next(Source source) {
    int visitor = source.skewed(VISITORS);
    return new PageViewed(
        source.eventId(),
        source.occurredAt(),
        "visitor-%05d".formatted(visitor),
        source.pick(PAGES),
        source.pick(REFERRERS),
        // People rarely move between two page views.
        COUNTRIES.get(visitor % COUNTRIES.size()),
        source.lognormal(9, 1));
  }
}
