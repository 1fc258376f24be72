package com.example.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-01T12:00Z,            2026-01-01T12:00:00.000Z",
    "2026-01-01T12:00:01Z,         2026-01-01T12:00:01.000Z",
    "2026-01-01T12:00:01.5+00:00,  2026-01-01T12:00:01.500Z",
    "2026-01-01T12:00:01.9999999Z, 2026-01-01T12:00:01.999Z"
  })
  void timesInUtcHaveOneSpelling(String given, String iso) {
    assertThat(Moments.iso(Moments.parse(given))).isEqualTo(iso);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-01", "noon", "2026-01-01T12:00:00+01:00", "2026-13-01T12:00Z"})
  void otherTimesAreRefused(String given) {
    assertThatIllegalArgumentException().isThrownBy(() -> Moments.parse(given));
  }

  @Test
  void nowIsInMilliseconds() {
    assertThat(Moments.now()).hasSize("2026-01-01T12:00:00.000Z".length()).endsWith("Z");
  }
}
