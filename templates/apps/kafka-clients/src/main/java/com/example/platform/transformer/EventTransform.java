package com.example.platform.transformer;

import com.example.platform.consumer.DeadLetter;
import com.example.platform.consumer.Decoding;
import com.example.platform.event.Domain;
import com.example.platform.event.Event;
import com.example.platform.event.EventCodec;
import com.example.platform.kafka.Headers;
import com.example.platform.store.Received;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** One derived event for each record, and a dead letter for each that none can be derived from. */
public final class EventTransform<E extends Event> {
  private final Domain<E> domain;
  private final EventCodec<E> codec;
  private final String outputTopic;

  public EventTransform(Domain<E> domain, String outputTopic) {
    this.domain = domain;
    this.codec = new EventCodec<>(domain);
    this.outputTopic = outputTopic;
  }

  /** What is to be written for a batch. */
  public record Output(List<ProducerRecord<byte[], byte[]>> derived, List<DeadLetter> dead) {}

  public Output of(List<ConsumerRecord<byte[], byte[]>> records) {
    // A transaction that was aborted leaves no trace, so each attempt is the first one.
    Decoding<E> decoding = Decoding.of(codec, records, 1);
    Output output = new Output(new ArrayList<>(), new ArrayList<>(decoding.dead()));
    for (Received<E> received : decoding.received()) {
      try {
        output.derived.add(derived(received));
      } catch (RuntimeException error) {
        output.dead.add(DeadLetter.of(error, received.record(), 1));
      }
    }
    return output;
  }

  private ProducerRecord<byte[], byte[]> derived(Received<E> received) {
    Event event = domain.derive(received.event());
    ConsumerRecord<byte[], byte[]> record = received.record();
    var headers = new RecordHeaders(record.headers().toArray());
    headers.remove(Headers.EVENT_TYPE).add(Headers.EVENT_TYPE, Headers.bytes(event.eventType()));
    return new ProducerRecord<>(
        outputTopic, null, null, record.key(), EventCodec.encode(event), headers);
  }
}
