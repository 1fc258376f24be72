package com.example.platform.generate;

import com.example.platform.event.Domain;
import com.example.platform.event.Event;
import com.example.platform.event.EventCodec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Events of a domain from a seed, some of them a second time. */
final class Samples {
  /** How many events later the second time is. */
  private static final int LATER = 25;

  private Samples() {}

  static <E extends Event> Stream<Sample> of(Domain<E> domain, GeneratorOptions options) {
    Iterator<E> events = domain.samples(new Source(options.seed()));
    // A source of its own, so that the events of a seed are the same with and without duplicates.
    Source chance = new Source(~options.seed());
    Deque<Again> again = new ArrayDeque<>();
    Stream<Sample> first =
        IntStream.range(0, options.count())
            .boxed()
            .flatMap(
                number -> {
                  E event = events.next();
                  Sample sample = new Sample(domain.key(event), EventCodec.encode(event));
                  if (chance.chance(options.duplicates() / 100)) {
                    again.add(new Again(number + LATER, sample));
                  }
                  return Stream.concat(Stream.of(sample), due(again, number));
                });
    return Stream.concat(first, Stream.of(again).flatMap(rest -> due(rest, Integer.MAX_VALUE)));
  }

  private static Stream<Sample> due(Deque<Again> again, int number) {
    Stream.Builder<Sample> due = Stream.builder();
    while (!again.isEmpty() && again.peek().at <= number) {
      due.add(again.remove().sample);
    }
    return due.build();
  }

  private record Again(int at, Sample sample) {}
}
