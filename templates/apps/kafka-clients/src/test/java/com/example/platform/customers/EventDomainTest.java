package com.example.platform.customers;

import static com.example.platform.support.Events.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.platform.event.EventCodec;
import com.example.platform.event.InvalidEvent;
import com.example.platform.event.Refused;
import com.example.platform.support.DomainLaws;
import com.example.platform.support.Records;
import com.example.platform.support.Stores;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventDomainTest extends DomainLaws {
  private static final String ADA =
      "{'customerId': 'ada', 'email': 'ada@example.com', 'name': 'Ada', 'country': 'IT',"
          + " 'plan': 'free'}";

  @TempDir private Path folder;
  private final EventDomain domain = new EventDomain();
  private final EventCodec<CustomerChanged> codec = new EventCodec<>(domain);
  private Stores<CustomerChanged> store;

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
  void theKeyIsTheCustomer() throws Exception {
    assertThat(domain.key(decode(change(1, "c", ADA, 10)))).isEqualTo("ada");
  }

  @Test
  void fieldsOutOfRangeAreInvalid() {
    for (String wrong :
        new String[] {
          change(1, "x", ADA, 10),
          change(1, "c", ADA, -1),
          change(1, "c", ADA.replace("free", "gold"), 10),
          change(1, "c", ADA.replace("IT", "ITA"), 10),
          change(1, "c", "'ada'", 10)
        }) {
      assertThatThrownBy(() -> decode(wrong)).isInstanceOf(InvalidEvent.class);
    }
  }

  @Test
  void theNewestStateIsKeptAndEveryChangeIsCounted() throws Exception {
    store.apply(
        change(1, "c", ADA, 10),
        change(2, "u", ADA.replace("free", "pro"), 30),
        // Too late to change anything.
        change(3, "u", ADA.replace("free", "enterprise"), 20));
    assertThat(ada())
        .isEqualTo(
            "{\"customerId\":\"ada\",\"email\":\"ada@example.com\",\"name\":\"Ada\","
                + "\"country\":\"IT\",\"plan\":\"pro\",\"lsn\":30}");
    assertThat(store.store().stats()).isEqualTo(Map.of("events", 3L, "effects", 3L));
  }

  @Test
  void aDeletedCustomerIsGoneAndStaysGone() throws Exception {
    store.apply(change(1, "c", ADA, 10), change(2, "d", "null", 30), change(3, "u", ADA, 20));
    assertThat(ada()).isEqualTo("nothing");
    assertThat(store.askText("/views/customers", Map.of())).isEqualTo("{\"customers\":[]}");
    assertThat(store.store().stats()).containsEntry("effects", 3L);
  }

  @Test
  void customersAreListedByCountry() throws Exception {
    store.apply(change(1, "c", ADA, 10));
    assertThat(store.askText("/views/customers", Map.of("country", "IT"))).contains("Ada");
    assertThat(store.askText("/views/customers", Map.of("country", "SE"))).doesNotContain("Ada");
  }

  @Test
  void aChangeThatDoesNotSayWhatToIsRefusedAndTheOthersCount() throws Exception {
    var applied = store.apply(change(1, "c", ADA, 10), change(2, "u", "null", 20));
    assertThat(applied.events()).hasSize(1);
    assertThat(applied.failed())
        .singleElement()
        .satisfies(failed -> assertThat(failed.cause()).isInstanceOf(Refused.class));
  }

  @Test
  void aCustomerIsListedUntilDeleted() throws Exception {
    CustomerListed listed = domain.derive(decode(change(1, "u", ADA, 10)));
    assertThat(listed.listed()).isTrue();
    assertThat(listed.email() + " " + listed.plan()).isEqualTo("ada@example.com free");
    CustomerListed deleted = domain.derive(decode(change(1, "d", "null", 10)));
    assertThat(deleted.listed()).isFalse();
    assertThat(deleted.email()).isNull();
    CustomerChanged unclear = decode(change(1, "u", "null", 10));
    assertThatThrownBy(() -> domain.derive(unclear)).isInstanceOf(Refused.class);
  }

  private String ada() {
    return store.askText("/views/customers/{customerId}", Map.of("customerId", "ada"));
  }

  private CustomerChanged decode(String event) throws Exception {
    return codec.decode(Records.bytes(event));
  }

  private static String change(int number, String op, String after, long lsn) {
    return json(
        number,
        "CustomerChanged",
        "'customerId': 'ada', 'op': '%s', 'before': null, 'after': %s, 'lsn': %d"
            .formatted(op, after, lsn));
  }
}
