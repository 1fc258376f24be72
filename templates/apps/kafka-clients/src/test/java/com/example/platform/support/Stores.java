package com.example.platform.support;

import com.example.platform.event.Domain;
import com.example.platform.event.Event;
import com.example.platform.event.EventCodec;
import com.example.platform.event.EventJson;
import com.example.platform.event.Parameters;
import com.example.platform.event.View;
import com.example.platform.store.Applied;
import com.example.platform.store.Database;
import com.example.platform.store.EventStore;
import com.example.platform.store.Received;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A store of a domain, with events put into it and questions asked. */
public record Stores<E extends Event>(EventStore<E> store, EventCodec<E> codec)
    implements AutoCloseable {
  public static <E extends Event> Stores<E> sqlite(Path folder, Domain<E> domain) {
    Database database = Database.of("sqlite:///" + folder.resolve("data/store.db"));
    return new Stores<>(new EventStore<>(database, domain), new EventCodec<>(domain));
  }

  public Applied<E> apply(String... events) throws Exception {
    List<Received<E>> batch = new ArrayList<>();
    for (String event : events) {
      byte[] value = Records.bytes(event);
      batch.add(new Received<>(Records.of(0, batch.size(), value), codec.decode(value)));
    }
    return store.apply(batch);
  }

  /** The answer as JSON text; empty when there is no such thing. */
  public Optional<JsonNode> ask(String path, Map<String, String> parameters) {
    View view =
        store.domain().views().stream()
            .filter(known -> known.path().equals(path))
            .findFirst()
            .orElseThrow();
    return view.answer()
        .to(new Parameters(parameters), store)
        .map(found -> EventJson.MAPPER.valueToTree(found));
  }

  public String askText(String path, Map<String, String> parameters) {
    return ask(path, parameters).map(JsonNode::toString).orElse("nothing");
  }

  @Override
  public void close() {
    store.close();
  }
}
