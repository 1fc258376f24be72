package com.example.platform.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.event.Domain;
import com.example.platform.event.Event;
import com.example.platform.event.EventCodec;
import com.example.platform.event.EventJson;
import com.example.platform.generate.Source;
import com.example.platform.store.Received;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every use case; the test of each one extends it. */
public abstract class DomainLaws {
  private static final int COUNT = 2000;

  @TempDir private Path lawsFolder;

  protected abstract Domain<?> domain();

  @Test
  void generatedEventsAreValidAndSurviveTheWayThroughKafka() throws Exception {
    survive(domain());
  }

  @Test
  void someKeysAreBusierThanOthers() {
    busierThanOthers(domain());
  }

  @Test
  void everyEventHasOneEffectAlsoWhenItComesAgain() throws Exception {
    oneEffectEach(domain());
  }

  @Test
  void everyEventHasADerivedOneWithItsIdAndItsTime() {
    derived(domain());
  }

  @Test
  void viewsWithoutPathParametersAreAnsweredWithAndWithoutEvents() throws Exception {
    views(domain());
  }

  private static <E extends Event> void survive(Domain<E> domain) throws Exception {
    EventCodec<E> codec = new EventCodec<>(domain);
    for (E event : samples(domain)) {
      assertThat(codec.decode(EventCodec.encode(event))).isEqualTo(event);
    }
  }

  private static <E extends Event> void busierThanOthers(Domain<E> domain) {
    Map<String, Long> counts =
        samples(domain).stream().collect(Collectors.groupingBy(domain::key, Collectors.counting()));
    assertThat(counts).hasSizeGreaterThan(20);
    assertThat(counts.values().stream().mapToLong(Long::longValue).max().orElseThrow())
        .isGreaterThan(COUNT / counts.size());
  }

  private <E extends Event> void oneEffectEach(Domain<E> domain) throws Exception {
    try (Stores<E> stores = Stores.sqlite(lawsFolder, domain)) {
      List<Received<E>> all = received(domain);
      stores.store().apply(all);
      assertThat(stores.store().apply(all.subList(500, 900)).duplicates()).isEqualTo(400);
      assertThat(stores.store().stats())
          .isEqualTo(Map.of("events", (long) COUNT, "effects", (long) COUNT));
    }
  }

  private static <E extends Event> void derived(Domain<E> domain) {
    for (E event : samples(domain)) {
      Event derived = domain.derive(event);
      assertThat(derived.eventId()).isEqualTo(event.eventId());
      assertThat(derived.occurredAt()).isEqualTo(event.occurredAt());
      assertThat(derived.eventType()).isNotEqualTo(event.eventType());
    }
  }

  private <E extends Event> void views(Domain<E> domain) throws Exception {
    try (Stores<E> stores = Stores.sqlite(lawsFolder, domain)) {
      List<String> paths =
          domain.views().stream()
              .map(view -> view.path())
              .filter(path -> !path.contains("{"))
              .toList();
      assertThat(paths).isNotEmpty();
      for (String path : paths) {
        assertThat(stores.askText(path, Map.of())).contains("[]");
      }
      stores.store().apply(received(domain));
      for (String path : paths) {
        assertThat(stores.askText(path, Map.of())).contains("[{");
      }
    }
  }

  private static <E extends Event> List<E> samples(Domain<E> domain) {
    Iterator<E> events = domain.samples(new Source(1));
    List<E> samples = new ArrayList<>();
    while (samples.size() < COUNT) {
      samples.add(events.next());
    }
    return samples;
  }

  private static <E extends Event> List<Received<E>> received(Domain<E> domain) {
    List<Received<E>> received = new ArrayList<>();
    for (E event : samples(domain)) {
      byte[] value = EventJson.MAPPER.writeValueAsBytes(event);
      received.add(new Received<>(Records.of(0, received.size(), value), event));
    }
    return received;
  }
}
