package com.example.platform.event;

import java.util.List;

/** JSON, but not one of the domain's events. */
public final class InvalidEvent extends Exception {
  private static final long serialVersionUID = 1;

  /** A list with a thousand wrong entries must not make a message of a thousand faults. */
  private static final int MENTIONED = 5;

  private final transient List<String> details;

  public InvalidEvent(List<String> details) {
    super(summary(details));
    this.details = List.copyOf(details);
  }

  public List<String> details() {
    return details;
  }

  private static String summary(List<String> details) {
    String mentioned = String.join("; ", details.subList(0, Math.min(MENTIONED, details.size())));
    return details.size() <= MENTIONED
        ? mentioned
        : mentioned + "; and " + (details.size() - MENTIONED) + " more";
  }
}
