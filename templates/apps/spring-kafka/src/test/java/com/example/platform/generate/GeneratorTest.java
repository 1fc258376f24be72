package com.example.platform.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.platform.event.EventCodec;
import com.example.platform.event.EventJson;
import com.example.platform.settings.SettingsError;
import com.example.platform.support.Note;
import com.example.platform.support.Notes;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
  private final Notes domain = new Notes();
  private final List<Note> received = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theSameSeedMakesTheSameEvents() {
    assertThat(texts("--count", "50", "--seed", "3"))
        .isEqualTo(texts("--count", "50", "--seed", "3"))
        .hasSize(50)
        .isNotEqualTo(texts("--count", "50", "--seed", "4"));
  }

  @Test
  void duplicatesComeLaterAndChangeNothingElse() {
    List<String> once = texts("--count", "500");
    List<String> some = texts("--count", "500", "--duplicates", "20");
    assertThat(some).hasSizeBetween(550, 650);
    assertThat(some.stream().distinct()).containsExactlyElementsOf(once);
    assertThat(texts("--count", "40", "--duplicates", "100")).hasSize(80);
  }

  @Test
  void aboutOneEventInAHundredIsMinutesLate() {
    Source source = new Source(1);
    var newest = source.occurredAt();
    int late = 0;
    for (int count = 0; count < 10_000; count++) {
      var time = source.occurredAt();
      late += time.isBefore(newest.minusSeconds(60)) ? 1 : 0;
      newest = time.isAfter(newest) ? time : newest;
    }
    assertThat(late).isBetween(50, 200);
  }

  @Test
  void idsAreVersion4Uuids() {
    Source source = new Source(1);
    assertThat(Stream.generate(source::eventId).limit(100))
        .allMatch(id -> id.version() == 4 && id.variant() == 2)
        .doesNotHaveDuplicates();
  }

  @Test
  void everyEventIsPostedOnceAndThoseOfAKeyInOrder() throws Exception {
    HttpServer producer = producer(note -> 202);
    Posting posting = post(producer, "--count", "200");
    assertThat(posting.accepted()).isEqualTo(200);
    assertThat(posting.refused()).isEmpty();
    for (String author : List.of("ann", "ben", "cem")) {
      assertThat(received.stream().filter(note -> note.author().equals(author)).map(Note::text))
          .isEqualTo(textsOf(author));
    }
  }

  @Test
  void aProducerThatIsBusyIsAskedAgainAndOtherAnswersAreCounted() throws Exception {
    List<Integer> answers = new ArrayList<>(List.of(503, 202, 422));
    HttpServer producer = producer(note -> answers.remove(0));
    Posting posting = post(producer, "--count", "2", "--seed", "1");
    assertThat(posting.accepted()).isEqualTo(1);
    assertThat(posting.refused()).containsOnlyKeys("422 some_kind");
  }

  @Test
  void theRateIsKept() throws Exception {
    long begun = System.nanoTime();
    post(producer(note -> 202), "--count", "6", "--rate", "50");
    assertThat(System.nanoTime() - begun).isGreaterThan(90_000_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--count -1",
        "--count many",
        "--rate fast",
        "--duplicates 101",
        "--url producer",
        "--url http://",
        "--url http://producer_1:port",
        "--colour red",
        "--count"
      })
  void otherOptionsAreRefusedWithTheUsage(String options) {
    assertThatThrownBy(() -> GeneratorOptions.of(options.split(" ")))
        .isInstanceOf(SettingsError.class)
        .hasMessageContaining("usage: generate");
  }

  private List<String> texts(String... options) {
    return Samples.of(domain, GeneratorOptions.of(options))
        .map(sample -> new String(sample.json(), StandardCharsets.UTF_8))
        .toList();
  }

  private List<String> textsOf(String author) {
    return Samples.of(domain, GeneratorOptions.of(new String[] {"--count", "200"}))
        .filter(sample -> sample.key().equals(author))
        .map(sample -> EventJson.MAPPER.readTree(sample.json()).get("text").asString())
        .toList();
  }

  private Posting post(HttpServer producer, String... options) throws InterruptedException {
    GeneratorOptions read = GeneratorOptions.of(options);
    URI url = URI.create("http://127.0.0.1:" + producer.getAddress().getPort() + "/");
    Posting posting = new Posting(url, read.rate());
    try {
      posting.postAll(Samples.of(domain, read));
    } finally {
      producer.stop(0);
    }
    return posting;
  }

  private HttpServer producer(ToIntFunction<Note> answer) throws IOException {
    EventCodec<Note> codec = new EventCodec<>(domain);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext(
        "/events",
        exchange -> {
          try {
            Note note = codec.decode(exchange.getRequestBody().readAllBytes());
            int status;
            synchronized (this) {
              status = answer.applyAsInt(note);
              received.add(note);
            }
            byte[] body = "{\"error\": \"some_kind\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Retry-After", "0");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          } catch (com.example.platform.event.Undecodable
              | com.example.platform.event.InvalidEvent error) {
            throw new IllegalStateException(error);
          }
        });
    server.start();
    return server;
  }
}
