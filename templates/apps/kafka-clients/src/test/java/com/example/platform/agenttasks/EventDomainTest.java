package com.example.platform.agenttasks;

import static com.example.platform.support.Events.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.platform.event.EventCodec;
import com.example.platform.event.InvalidEvent;
import com.example.platform.support.DomainLaws;
import com.example.platform.support.Records;
import com.example.platform.support.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventDomainTest extends DomainLaws {
  private static final String CREATED =
      json(1, "TaskCreated", "'taskId': 't-1', 'agent': 'steward', 'goal': 'Tidy up'");
  private static final String CALLED =
      json(
          2,
          "ToolCalled",
          "'taskId': 't-1', 'callId': 'c-1', 'tool': 'search', 'arguments': {'limit': 5}");
  private static final String RETURNED =
      json(
          3,
          "ToolReturned",
          "'taskId': 't-1', 'callId': 'c-1', 'ok': true, 'result': '3 results', 'durationMs': 7");
  private static final String COMPLETED =
      json(4, "TaskCompleted", "'taskId': 't-1', 'summary': 'Done'");
  private static final String FAILED =
      json(5, "TaskFailed", "'taskId': 't-1', 'reason': 'no rights'");

  @TempDir private Path folder;
  private final EventDomain domain = new EventDomain();
  private final EventCodec<TaskEvent> codec = new EventCodec<>(domain);
  private Stores<TaskEvent> store;

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
  void theKeyIsTheTask() throws Exception {
    for (String event : List.of(CREATED, CALLED, RETURNED, COMPLETED, FAILED)) {
      assertThat(domain.key(decode(event))).isEqualTo("t-1");
    }
  }

  @Test
  void fieldsOutOfRangeAreInvalid() {
    for (String wrong :
        List.of(
            CALLED.replace("{\"limit\": 5}", "[5]"),
            RETURNED.replace("true", "\"yes\""),
            RETURNED.replace(": 7", ": -7"),
            CREATED.replace("steward", ""))) {
      assertThatThrownBy(() -> decode(wrong)).isInstanceOf(InvalidEvent.class);
    }
  }

  @Test
  void aTaskHasItsCallsAndTheirResults() throws Exception {
    store.apply(CREATED, CALLED, RETURNED, COMPLETED);
    assertThat(task())
        .isEqualTo(
            "{\"taskId\":\"t-1\",\"agent\":\"steward\",\"goal\":\"Tidy up\","
                + "\"status\":\"completed\",\"calls\":[{\"callId\":\"c-1\",\"tool\":\"search\","
                + "\"arguments\":{\"limit\":5},\"ok\":true,\"result\":\"3 results\","
                + "\"durationMs\":7}]}");
    assertThat(store.store().stats()).isEqualTo(Map.of("events", 4L, "effects", 4L));
  }

  @Test
  void aTaskIsOpenUntilItEnds() throws Exception {
    store.apply(CREATED);
    assertThat(tasks("open")).contains("t-1");
    store.apply(FAILED);
    assertThat(tasks("open")).doesNotContain("t-1");
    assertThat(tasks("failed")).contains("t-1");
  }

  @Test
  void whatHasNotArrivedIsNull() throws Exception {
    store.apply(RETURNED);
    assertThat(task())
        .contains("\"agent\":null,\"goal\":null,\"status\":\"open\"")
        .contains("\"tool\":null,\"arguments\":null,\"ok\":true");
    store.apply(CALLED);
    assertThat(task()).contains("\"tool\":\"search\",\"arguments\":{\"limit\":5},\"ok\":true");
  }

  @Test
  void unknownTasksAreTold() {
    assertThat(task()).isEqualTo("nothing");
  }

  @Test
  void everyStepIsNoted() throws Exception {
    assertThat(note(CREATED)).isEqualTo("created: Tidy up");
    assertThat(note(CALLED)).isEqualTo("called: search");
    assertThat(note(RETURNED)).isEqualTo("returned: ok");
    assertThat(note(RETURNED.replace("true", "false"))).isEqualTo("returned: error");
    assertThat(note(COMPLETED)).isEqualTo("completed: Done");
    assertThat(note(FAILED)).isEqualTo("failed: no rights");
  }

  private String note(String event) throws Exception {
    return domain.derive(decode(event)).note();
  }

  private String task() {
    return store.askText("/views/tasks/{taskId}", Map.of("taskId", "t-1"));
  }

  private String tasks(String status) {
    return store.askText("/views/tasks", Map.of("status", status));
  }

  private TaskEvent decode(String event) throws Exception {
    return codec.decode(Records.bytes(event));
  }
}
