package com.example.platform.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.consumer.ErrorClass;
import com.example.platform.support.Note;
import com.example.platform.support.Notes;
import com.example.platform.support.Records;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTransformTest {
  private final EventTransform<Note> transform = new EventTransform<>(new Notes(), "derived");

  @Test
  void aDerivedEventHasTheKeyAndTheHeadersOfItsInput() {
    var derived = transform.of(List.of(Records.of(Note.of(1, "ann", "hi")))).derived().get(0);
    assertThat(derived.topic()).isEqualTo("derived");
    assertThat(derived.key()).isEqualTo(Records.bytes("ann"));
    assertThat(new String(derived.value(), StandardCharsets.UTF_8))
        .startsWith("{\"eventType\":\"Heard\",\"eventId\":\"" + Note.of(1).eventId())
        .contains("\"occurredAt\":\"2026-01-01T12:00:00.001Z\",\"loud\":\"HI\"");
    assertThat(derived.headers().lastHeader("correlation-id").value())
        .isEqualTo(Records.bytes("c-1"));
    assertThat(derived.headers().headers("event-type"))
        .extracting(header -> new String(header.value(), StandardCharsets.UTF_8))
        .containsExactly("Heard");
  }

  @Test
  void whatNothingCanBeDerivedFromIsADeadLetter() {
    var output =
        transform.of(
            List.of(
                Records.of(1, "{"),
                Records.of(Note.of(2)),
                Records.of(Note.of(3, "ben", Notes.UNSPEAKABLE))));
    assertThat(output.derived()).hasSize(1);
    assertThat(output.dead())
        .extracting(letter -> letter.errorClass())
        .containsExactly(ErrorClass.UNDECODABLE, ErrorClass.HANDLER_FAILED);
  }
}
