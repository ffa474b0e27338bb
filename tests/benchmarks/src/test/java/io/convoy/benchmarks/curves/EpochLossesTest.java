package io.convoy.benchmarks.curves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochLossesTest {
  @TempDir Path run;

  @Test
  void aLargerBatchWeighsMore() throws Exception {
    Files.write(
        run.resolve("metrics.jsonl"),
        List.of(
            "{\"step\":1,\"epoch\":0,\"samples\":3,\"loss\":2.0}",
            "{\"step\":2,\"epoch\":0,\"samples\":1,\"loss\":4.0}",
            "{\"step\":2,\"epoch\":0,\"validationLoss\":9.0}",
            "{\"step\":3,\"epoch\":1,\"samples\":3,\"loss\":1.0}"));
    EpochLosses losses = EpochLosses.ofRun(run);
    assertEquals(2.5, losses.mean(0));
    assertEquals(1.0, losses.mean(1));
    assertEquals(Double.NaN, losses.mean(2));
  }

  @Test
  void aBrokenFileIsNamed() throws Exception {
    Path metrics = Files.writeString(run.resolve("metrics.jsonl"), "{\"step\":1,\n");
    ConvoyException refused = assertThrows(ConvoyException.class, () -> EpochLosses.ofRun(run));
    assertEquals(true, refused.getMessage().contains(metrics.toString()), refused.getMessage());
  }
}
