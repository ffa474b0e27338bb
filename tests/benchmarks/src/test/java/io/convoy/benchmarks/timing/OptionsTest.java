package io.convoy.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void whatIsToldOfACommandNamesNoPlaceOfTheMachine() {
    assertEquals(
        "networks lenet --jdks 17,jdk-25 --rounds 3",
        Options.told(
            List.of(
                "networks",
                "lenet",
                "--jdks",
                "/a/b/17,c/jdk-25",
                "--json",
                "/d/e",
                "--rounds",
                "3")));
    assertEquals("layers --threads 2", Options.told(List.of("layers", "--threads", "2")));
  }
}
