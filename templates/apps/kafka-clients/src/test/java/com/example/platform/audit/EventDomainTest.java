package com.example.platform.audit;

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
import org.junit.jupiter.params.provider.ValueSource;

class EventDomainTest extends DomainLaws {
  private static final String FIELDS =
      "'actor': 'ada', 'action': 'role.granted', 'resource': 'roles/50%', 'outcome': 'denied',"
          + " 'sourceIp': '10.0.0.1', 'service': 'identity', 'details': 'Role is missing'";

  @TempDir private Path folder;
  private final EventDomain domain = new EventDomain();
  private final EventCodec<AuditRecorded> codec = new EventCodec<>(domain);
  private Stores<AuditRecorded> store;

  @Override
  protected EventDomain domain() {
    return domain;
  }

  @BeforeEach
  void open() throws Exception {
    store = Stores.sqlite(folder, domain);
    store.apply(
        json(1, "AuditRecorded", FIELDS),
        json(2, "AuditRecorded", FIELDS.replace("denied", "success").replace("50%", "500"))
            .replace("12:00:10", "12:00:20"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theKeyIsTheActor() throws Exception {
    assertThat(domain.key(decode(FIELDS))).isEqualTo("ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"granted", "role.", "role granted.x", "a.b.c"})
  void anActionIsANounAndAVerb(String action) {
    assertThatThrownBy(() -> decode(FIELDS.replace("role.granted", action)))
        .isInstanceOf(InvalidEvent.class)
        .hasMessageStartingWith("action: ");
  }

  @Test
  void entriesAreNewestFirst() {
    assertThat(entries(Map.of())).containsSubsequence("000000000002", "000000000001");
    assertThat(entries(Map.of("limit", "1"))).doesNotContain("000000000001");
    assertThat(store.store().stats()).isEqualTo(Map.of("events", 2L, "effects", 2L));
  }

  @ParameterizedTest
  @CsvSource({
    "q, role IS, 2",
    "q, '50%', 1",
    "q, granted, 2",
    "q, nothing like it, 0",
    "actor, ada, 2",
    "actor, ben, 0",
    "outcome, denied, 1"
  })
  void entriesAreSearched(String parameter, String value, int found) {
    assertThat(entries(Map.of(parameter, value)).split("eventId", -1)).hasSize(found + 1);
  }

  @Test
  void anUnknownOutcomeIsTheCallersMistake() {
    assertThatThrownBy(() -> entries(Map.of("outcome", "maybe")))
        .isInstanceOf(InvalidParameter.class);
  }

  @ParameterizedTest
  @CsvSource({"success, low", "failed, medium", "denied, high"})
  void anOutcomeHasItsRisk(String outcome, String risk) throws Exception {
    assertThat(domain.derive(decode(FIELDS.replace("denied", outcome))).risk()).isEqualTo(risk);
  }

  private String entries(Map<String, String> parameters) {
    return store.askText("/views/entries", parameters);
  }

  private AuditRecorded decode(String fields) throws Exception {
    return codec.decode(Records.bytes(json(1, "AuditRecorded", fields)));
  }
}
