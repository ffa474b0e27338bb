package io.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.kernel.Subnormals.Arithmetic;
import io.convoy.kernel.Subnormals.Way;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SubnormalsTest {
  private static float flushed(float value) {
    return Math.abs(value) < Float.MIN_NORMAL ? Math.copySign(0f, value) : value;
  }

  /** What a processor makes of it under these settings. */
  private static Arithmetic processor(boolean flushesResults, boolean flushesOperands) {
    return (x, y, z, sums) -> {
      for (int i = 0; i < sums.length; i++) {
        float sum =
            flushesOperands
                ? Math.fma(flushed(x[i]), flushed(y[i]), flushed(z[i]))
                : Math.fma(x[i], y[i], z[i]);
        sums[i] = flushesResults ? flushed(sum) : sum;
      }
    };
  }

  private static String refusal(List<Way> ways, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      ConvoyException error =
          assertThrows(ConvoyException.class, () -> Subnormals.require(ways, pool));
      assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
      return error.getMessage();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void thisMachineKeepsThem(int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      for (Kernels kernels : Providers.all().toList()) {
        assertDoesNotThrow(() -> Subnormals.require(kernels, pool));
      }
      assertDoesNotThrow(
          () -> Subnormals.require(List.of(new Way("plain", processor(false, false))), pool));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, 0x00000000, 0x00400000",
    "false, true, 0x00000000, 0x80800000",
    "true, true, 0x00000000, 0x00400000",
  })
  void eachSettingIsRefused(boolean results, boolean operands, String got, String expected) {
    String name = Thread.currentThread().getName();
    assertEquals(
        "subnormal numbers must survive, or weights would differ from those of other machines;"
            + " this processor gave %s for %s in thread %s: an option of this JVM or a native"
                .formatted(got, expected, name)
            + " library in it (one linked with -ffast-math, say) sets FTZ or DAZ; start it without",
        refusal(List.of(new Way("this processor", processor(results, operands))), 1));
  }

  /** Registers of four lanes and more, and what is left over. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 15, 31, 32, 36})
  void oneLaneIsEnough(int lane) {
    Arithmetic good = processor(false, false);
    Arithmetic oneBad =
        (x, y, z, sums) -> {
          good.compute(x, y, z, sums);
          sums[lane] = sums[lane] * 0;
        };
    refusal(List.of(new Way("good", good), new Way("one bad", oneBad)), 1);
  }

  /** The setting belongs to a thread: a helper's is found as well as the caller's. */
  @Test
  void eachThreadIsAsked() {
    for (String culprit :
        List.of(Thread.currentThread().getName(), "convoy-kernel-1", "convoy-kernel-2")) {
      Set<String> asked = ConcurrentHashMap.newKeySet();
      Arithmetic ofThread =
          (x, y, z, sums) -> {
            String name = Thread.currentThread().getName();
            asked.add(name);
            processor(name.equals(culprit), false).compute(x, y, z, sums);
          };
      String message = refusal(List.of(new Way("it", ofThread)), 3);
      assertEquals(3, asked.size(), asked.toString());
      assertEquals(true, message.contains(" in thread " + culprit + ": "), message);
    }
  }
}
