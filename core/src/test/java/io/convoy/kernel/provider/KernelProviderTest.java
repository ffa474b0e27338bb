package io.convoy.kernel.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.kernel.Kernels;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class KernelProviderTest {
  /** A silent fallback to the other provider would let the whole suite pass untested. */
  @Test
  @EnabledIfSystemProperty(named = "convoy.expect.kernels", matches = ".+")
  void theProviderIsTheOneThatThisRunIsAbout() {
    assertEquals(System.getProperty("convoy.expect.kernels"), KernelProvider.kernels().name());
  }

  @Test
  void theChoiceIsMadeOnce() {
    assertSame(KernelProvider.kernels(), KernelProvider.kernels());
  }

  @Test
  void lanesAndPanelsFitTogether() {
    Kernels kernels = KernelProvider.kernels();
    assertTrue(Set.of(1, 4, 8, 16).contains(kernels.lanes()), "lanes " + kernels.lanes());
    assertEquals(0, kernels.panelWidth() % kernels.lanes());
  }
}
