package com.example.platform.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.process.Shutdown;
import com.example.platform.support.Notes;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void aWrongOptionEndsWithTheCodeOfWrongSettings() {
    assertThat(Generator.run(new String[] {"--colour", "red"}, new Notes()))
        .isEqualTo(Shutdown.WRONG_SETTING);
  }

  @Test
  void aProducerThatIsNotThereIsAFailure() {
    String[] options = {"--count", "1", "--url", "http://127.0.0.1:1"};
    assertThat(Generator.run(options, new Notes())).isEqualTo(Shutdown.BUG);
  }
}
