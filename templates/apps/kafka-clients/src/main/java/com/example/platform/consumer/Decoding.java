package com.example.platform.consumer;

import com.example.platform.event.Event;
import com.example.platform.event.EventCodec;
import com.example.platform.event.InvalidEvent;
import com.example.platform.event.Undecodable;
import com.example.platform.store.Received;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records of a batch: those that are events, and those that can't be read. */
public record Decoding<E extends Event>(List<Received<E>> received, List<DeadLetter> dead) {

  public static <E extends Event> Decoding<E> of(
      EventCodec<E> codec, List<ConsumerRecord<byte[], byte[]>> records, int attempts) {
    Decoding<E> decoding = new Decoding<>(new ArrayList<>(records.size()), new ArrayList<>());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        decoding.received.add(new Received<>(record, codec.decode(record.value())));
      } catch (Undecodable error) {
        decoding.dead.add(
            new DeadLetter(record, ErrorClass.UNDECODABLE, error.getMessage(), attempts));
      } catch (InvalidEvent error) {
        decoding.dead.add(
            new DeadLetter(record, ErrorClass.INVALID_EVENT, error.getMessage(), attempts));
      }
    }
    return decoding;
  }
}
