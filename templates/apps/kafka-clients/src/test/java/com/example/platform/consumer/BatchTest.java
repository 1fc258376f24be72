package com.example.platform.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.support.Records;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
  @Test
  void whatARebalanceTookIsForgottenWithItsDeadLetters() {
    var mine = Records.of(0, 1, null);
    var theirs = Records.of(1, 1, null);
    Batch batch = new Batch(List.of(mine, theirs));
    batch.applied(
        List.of(
            new DeadLetter(mine, ErrorClass.UNDECODABLE, "no value", 1),
            new DeadLetter(theirs, ErrorClass.UNDECODABLE, "no value", 1)));
    assertThat(batch.holds(List.of(mine))).isTrue();
    batch.keepOnly(List.of(mine));
    assertThat(batch.records()).containsExactly(mine);
    assertThat(batch.dead()).extracting(DeadLetter::record).containsExactly(mine);
  }

  @Test
  void theSamePlaceReadAgainIsAnotherBatch() {
    assertThat(new Batch(List.of(Records.of(1, "a"))).holds(List.of(Records.of(1, "a")))).isFalse();
  }
}
