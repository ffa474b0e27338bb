package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.train.Numerics;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  private static final Release DRIVER = new Release("0.2.0", 4);

  @Test
  void codeAndNumericsHaveToBeTheSame() {
    DRIVER.requireSame(new Release("0.2.0", 4), "1 on host-a");
    assertEquals(
        "an executor (1 on host-a) has Convoy 0.1.0 (numerics version 4), the driver has 0.2.0 (4):"
            + " give all of them the same jar",
        refusal(new Release("0.1.0", 4)));
    assertEquals(
        "an executor (1 on host-a) has Convoy 0.2.0 (numerics version 3), the driver has 0.2.0 (4):"
            + " give all of them the same jar",
        refusal(new Release("0.2.0", 3)));
  }

  @Test
  void thisProcessTellsItsOwn() {
    assertEquals(Numerics.VERSION, Release.OWN.numerics());
  }

  private static String refusal(Release executor) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> DRIVER.requireSame(executor, "1 on host-a"));
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
    return error.getMessage();
  }
}
