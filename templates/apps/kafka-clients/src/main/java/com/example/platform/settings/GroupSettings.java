package com.example.platform.settings;

import java.util.Optional;

/** How a service takes part in a consumer group. */
public record GroupSettings(
    String groupId, boolean kip848, Optional<String> instanceId, int maxPollRecords) {

  static GroupSettings read(Environment environment) {
    return new GroupSettings(
        environment.required("KAFKA_GROUP_ID"),
        environment
            .oneOf("KAFKA_GROUP_PROTOCOL", "classic", "classic", "consumer")
            .equals("consumer"),
        environment.optional("KAFKA_GROUP_INSTANCE_ID"),
        environment.integer("MAX_POLL_RECORDS", 500, 1, 100_000));
  }
}
