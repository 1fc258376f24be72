package com.example.platform.customers;

import com.example.platform.customers.CustomerChanged.Customer;
import com.example.platform.generate.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** A customer base in which a few change their plan often and most hardly ever. */
final class Samples implements Supplier<CustomerChanged> {
  private static final int CUSTOMERS = 600;
  private static final long FIRST_LSN = 26_843_545_600L;
  private static final double DELETED_SHARE = 0.05;

  private static final List<String> FIRST_NAMES =
      List.of("Amara", "Björn", "Chiara", "David", "Elif", "Farid", "Grace", "Hana", "Ivan", "Jo");
  private static final List<String> LAST_NAMES =
      List.of("Okafor", "Lindqvist", "Rossi", "Cohen", "Demir", "Haddad", "Kim", "Sato", "Novak");
  private static final List<String> COUNTRIES =
      List.of("DE", "US", "IT", "SE", "TR", "JP", "CZ", "NG", "GB");
  private static final List<String> PLANS = List.of("free", "pro", "enterprise");
  private static final List<String> HOSTS =
      List.of("example.com", "mail.example.org", "work.example.net");

  private final Source source;
  private final Map<String, Customer> known = new HashMap<>();
  private long lsn = FIRST_LSN;

  Samples(Source source) {
    this.source = source;
  }

  @Override
  public CustomerChanged get() {
    lsn += source.between(40, 900);
    int number = source.skewed(CUSTOMERS);
    String customerId = "customer-%04d".formatted(number);
    Customer before = known.remove(customerId);
    Customer after = null;
    if (before == null || !source.chance(DELETED_SHARE)) {
      after = customer(customerId, number);
      known.put(customerId, after);
    }
    return new CustomerChanged(
        source.eventId(), source.occurredAt(), customerId, op(before, after), before, after, lsn);
  }

  private static String op(Customer before, Customer after) {
    if (after == null) {
      return CustomerChanged.DELETED;
    }
    return before == null ? "c" : "u";
  }

  /** Names follow from the number; what changes is the plan, or where the mail goes. */
  private Customer customer(String customerId, int number) {
    String first = FIRST_NAMES.get(number % FIRST_NAMES.size());
    String last = LAST_NAMES.get(number % LAST_NAMES.size());
    String email = "%s.%d@%s".formatted(first, number, source.pick(HOSTS));
    return new Customer(
        customerId,
        email.toLowerCase(Locale.ROOT),
        first + " " + last,
        COUNTRIES.get(number % COUNTRIES.size()),
        source.pick(PLANS));
  }
}
