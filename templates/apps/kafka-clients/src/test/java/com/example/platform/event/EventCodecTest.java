package com.example.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.example.platform.support.Note;
import com.example.platform.support.Notes;
import com.example.platform.support.Records;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  private static final String NOTE =
      """
      {"eventType": "Note", "eventId": "00000000-0000-4000-8000-000000000001",
       "occurredAt": "2026-01-01T12:00:00.001Z", "author": "ann", "text": "hello"}
      """;

  private final EventCodec<Note> codec = new EventCodec<>(new Notes());

  @Test
  void whatIsEncodedIsDecoded() throws Exception {
    Note note = Note.of(1, "ann", "hello, Ωorld");
    assertThat(codec.decode(EventCodec.encode(note))).isEqualTo(note);
  }

  @Test
  void jsonIsCamelCaseWithItsTypeAndUtcMilliseconds() {
    assertThat(new String(EventCodec.encode(Note.of(1)), StandardCharsets.UTF_8))
        .startsWith("{\"eventType\":\"Note\",\"eventId\":\"")
        .contains("\"occurredAt\":\"2026-01-01T12:00:00.001Z\"");
  }

  @Test
  void unknownFieldsAreIgnoredSoThatProducersCanBeDeployedFirst() throws Exception {
    assertThat(decode(NOTE.replace("}", ", \"addedNextYear\": [1]}")).text()).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "plain", "{\"text\": NaN}", "{\"eventType\": 5, garbage", "{} {}"})
  void textThatIsNoJsonIsUndecodable(String value) {
    assertThatThrownBy(() -> decode(value)).isInstanceOf(Undecodable.class);
  }

  @Test
  void bytesThatAreNoUtf8AndNoBytesAtAllAreUndecodable() {
    assertThatThrownBy(() -> codec.decode(new byte[] {'"', (byte) 0xff, '"'}))
        .isInstanceOf(Undecodable.class);
    assertThatThrownBy(() -> codec.decode(NOTE.getBytes(StandardCharsets.UTF_16)))
        .isInstanceOf(Undecodable.class);
    assertThatThrownBy(() -> codec.decode(null)).isInstanceOf(Undecodable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Note\"                     | \"Unheard\"                           | eventType",
        "\"eventType\": \"Note\",     | ''                                    | eventType",
        "00000000-0000-4000           | urn:uuid:0000-4000                    | eventId",
        "\"00000000-0000-4000-8000-000000000001\" | null                      | eventId",
        "2026-01-01T12:00:00.001Z     | 2026-01-01T12:00:00.001+02:00         | occurredAt",
        "2026-01-01T12:00:00.001Z     | 2026-02-30T12:00:00.000Z              | occurredAt",
        "\"2026-01-01T12:00:00.001Z\" | 1767225600                            | occurredAt",
        "\"ann\"                      | \"\"                                  | author",
        ", \"text\": \"hello\"        | ''                                    | text",
        "\"hello\"                    | 7                                     | text",
        "\"hello\"                    | null                                  | text"
      })
  void aWrongFieldIsNamed(String what, String by, String named) {
    assertThat(faults(NOTE.replace(what, by))).singleElement().asString().startsWith(named + ": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"text\"", "1", "null"})
  void jsonThatIsNoObjectIsInvalid(String value) {
    assertThat(faults(value)).isNotEmpty();
  }

  @Test
  void anErrorDoesNotQuoteTheEvent() {
    assertThat(faults(NOTE.replace("\"hello\"", "{\"password\": \"s3cret\"}")))
        .containsExactly("text: must be a string");
  }

  @Test
  void anErrorDoesNotGrowWithTheFaults() {
    assertThat(new InvalidEvent(Collections.nCopies(7, "x"))).hasMessageEndingWith("and 2 more");
  }

  private Note decode(String value) throws Undecodable, InvalidEvent {
    return codec.decode(Records.bytes(value));
  }

  private List<String> faults(String value) {
    return catchThrowableOfType(InvalidEvent.class, () -> decode(value)).details();
  }
}
