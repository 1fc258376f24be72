package com.example.platform.audit;

import com.example.platform.generate.Source;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A company's services, a few people who administer them and jobs that never sleep. */
final class Samples {
  private static final double NOT_SUCCESSFUL_SHARE = 0.07;
  private static final double DENIED_SHARE = 0.6;

  private static final List<String> PEOPLE =
      List.of(
          "ada", "boris", "carmen", "dmitri", "esra", "fatima", "gustav", "hyejin", "ines",
          "jamal");
  private static final List<String> JOBS =
      List.of("svc-backup", "svc-deploy", "svc-billing", "svc-importer");
  private static final List<String> ACTORS =
      Stream.of(
              JOBS.stream(),
              PEOPLE.stream().map(name -> name + "@example.com"),
              IntStream.range(0, 300).mapToObj("user%03d@example.com"::formatted))
          .flatMap(actors -> actors)
          .toList();

  private static final List<Action> ACTIONS =
      List.of(
          new Action("session.opened", "console", "identity"),
          new Action("document.read", "documents/%d", "archive"),
          new Action("invoice.exported", "invoices/%d", "billing"),
          new Action("user.updated", "users/%d", "identity"),
          new Action("secret.read", "secrets/payments-%d", "vault"),
          new Action("role.granted", "roles/auditor-%d", "identity"),
          new Action("backup.created", "volumes/%d", "storage"),
          new Action("release.deployed", "releases/%d", "delivery"));

  private static final Map<String, List<String>> DETAILS =
      Map.of(
          "success", List.of("by web console", "by API token", "by scheduled job"),
          "denied",
              List.of("role is missing", "second factor is missing", "outside office network"),
          "failed", List.of("upstream timed out", "version conflict", "quota exceeded"));

  private Samples() {}

  static AuditRecorded next(Source source) {
    int actor = source.skewed(ACTORS.size());
    Action action = source.pick(ACTIONS);
    String outcome = outcome(source);
    return new AuditRecorded(
        source.eventId(),
        source.occurredAt(),
        ACTORS.get(actor),
        action.name,
        action.resource.formatted(source.skewed(500)),
        outcome,
        // Each sits at their own desk.
        "10.20.%d.%d".formatted(actor / 250, actor % 250 + 1),
        action.service,
        source.pick(DETAILS.get(outcome)));
  }

  private static String outcome(Source source) {
    if (!source.chance(NOT_SUCCESSFUL_SHARE)) {
      return "success";
    }
    return source.chance(DENIED_SHARE) ? "denied" : "failed";
  }

  /** What is done, the resource it touches, the service that reports it. */
  private record Action(String name, String resource, String service) {}
}
