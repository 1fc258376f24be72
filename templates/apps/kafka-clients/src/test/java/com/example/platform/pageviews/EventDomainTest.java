package com.example.platform.pageviews;

import static com.example.platform.support.Events.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.platform.event.EventCodec;
import com.example.platform.event.InvalidEvent;
import com.example.platform.event.InvalidParameter;
import com.example.platform.support.DomainLaws;
import com.example.platform.support.Records;
import com.example.platform.support.Stores;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDomainTest extends DomainLaws {
  private static final String FIELDS =
      "'visitorId': 'v-1', 'page': '/', 'referrer': null, 'country': 'DE', 'durationMs': 5";

  @TempDir private Path folder;
  private final EventDomain domain = new EventDomain();
  private final EventCodec<PageViewed> codec = new EventCodec<>(domain);
  private Stores<PageViewed> store;

  @Override
  protected EventDomain domain() {
    return domain;
  }

  @BeforeEach
  void open() {
    store = Stores.sqlite(folder, domain);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theKeyIsTheVisitor() throws Exception {
    assertThat(domain.key(event(FIELDS))).isEqualTo("v-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page '/'|page 'home'",
        "country 'DE'|country 'DEU'",
        "durationMs 5|durationMs -1",
        "durationMs 5|durationMs 1.5",
        "durationMs 5|durationMs 9223372036854775808",
        "visitorId 'v-1'|visitorId ''"
      })
  void fieldsOutOfRangeAreInvalid(String field, String changed) {
    String fields = FIELDS.replace(pair(field), pair(changed));
    assertThatThrownBy(() -> event(fields))
        .isInstanceOf(InvalidEvent.class)
        .hasMessageStartingWith(field.split(" ")[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "/, 0, home, glance",
    "/cart, 4999, cart, glance",
    "/blog/water-hardness, 5000, blog, visit",
    "/a/b, 30000, a, read"
  })
  void aVisitIsMeasured(String page, long duration, String section, String attention)
      throws Exception {
    String fields = FIELDS.replace("'/'", "'" + page + "'").replace(": 5", ": " + duration);
    VisitMeasured measured = domain.derive(event(fields));
    assertThat(measured.section()).isEqualTo(section);
    assertThat(measured.attention()).isEqualTo(attention);
  }

  @Test
  void viewsAreCountedPerPageInWindowsOfAMinute() throws Exception {
    store.apply(
        viewed(1, "/a", "12:00:00.000"),
        viewed(2, "/b", "12:00:59.999"),
        viewed(3, "/b", "12:00:30.000"),
        viewed(4, "/c", "12:01:00.000"));
    // Late, and counted where it belongs.
    store.apply(viewed(5, "/b", "12:00:01.000"));
    assertThat(ask(Map.of("window", "2026-01-01T12:00Z")))
        .isEqualTo(
            "{\"window\":\"2026-01-01T12:00Z\",\"pages\":"
                + "[{\"page\":\"/b\",\"views\":3},{\"page\":\"/a\",\"views\":1}]}");
    assertThat(ask(Map.of()))
        .isEqualTo("{\"window\":\"2026-01-01T12:01Z\",\"pages\":[{\"page\":\"/c\",\"views\":1}]}");
    assertThat(ask(Map.of("window", "2026-01-01T12:00:42.123Z", "limit", "1")))
        .endsWith("[{\"page\":\"/b\",\"views\":3}]}");
    assertThat(store.store().stats()).isEqualTo(Map.of("events", 5L, "effects", 5L));
  }

  @Test
  void withoutEventsThereIsNoWindow() {
    assertThat(ask(Map.of())).isEqualTo("{\"window\":null,\"pages\":[]}");
  }

  @Test
  void aWrongWindowOrLimitIsTheCallersMistake() {
    assertThatThrownBy(() -> ask(Map.of("window", "noon"))).isInstanceOf(InvalidParameter.class);
    assertThatThrownBy(() -> ask(Map.of("limit", "0"))).isInstanceOf(InvalidParameter.class);
    assertThatThrownBy(() -> ask(Map.of("limit", "all"))).isInstanceOf(InvalidParameter.class);
  }

  private String ask(Map<String, String> parameters) {
    return store.askText("/views/top-pages", parameters);
  }

  private PageViewed event(String fields) throws Exception {
    return codec.decode(Records.bytes(json(1, "PageViewed", fields)));
  }

  private static String viewed(int number, String page, String time) {
    return json(number, "PageViewed", FIELDS.replace("'/'", "'" + page + "'"))
        .replace("12:00:10.000", time);
  }

  /** {@code name value} as in JSON. */
  private static String pair(String field) {
    String[] parts = field.split(" ", 2);
    return "'%s': %s".formatted(parts[0], parts[1]);
  }
}
