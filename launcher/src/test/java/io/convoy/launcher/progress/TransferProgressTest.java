package io.convoy.launcher.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TransferProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long nanos;

  @Test
  void aLineEveryFewSeconds() {
    PlainTransfers plain = new PlainTransfers(err, () -> nanos, Duration.ofSeconds(5));
    plain.start("images.gz", 1 << 20, 21 << 20);
    for (int second = 1; second <= 11; second++) {
      nanos += 1_000_000_000;
      plain.at((1L + second) << 20);
    }
    plain.close();
    assertEquals(
        List.of(
            "images.gz: 6.00 MiB of 21.0 MiB, 1.00 MiB/s, 0:15 left",
            "images.gz: 11.0 MiB of 21.0 MiB, 1.00 MiB/s, 0:10 left"),
        text().lines().toList());
  }

  @Test
  void imagesAreCountedAsSuch() {
    PlainTransfers plain = new PlainTransfers(err, () -> nanos, Duration.ofSeconds(5));
    plain.start("predicting", 1000, 60_000, Quantity.IMAGES);
    nanos = 5_000_000_000L;
    plain.at(1000);
    nanos = 10_000_000_000L;
    plain.at(3000);
    plain.start("predicting", 0, 40, Quantity.PARTS);
    nanos = 20_000_000_000L;
    plain.at(5);
    assertEquals(
        List.of(
            "predicting: 1000 of 60000 images",
            "predicting: 3000 of 60000 images, 200 images/s, 4:45 left",
            "predicting: 5 of 40 parts, 0.5 parts/s, 1:10 left"),
        text().lines().toList());
  }

  @Test
  void aBarKeepsWhatIsSaid() {
    try (TransferProgress bar = TransferProgress.choose("bar", false, err)) {
      bar.start("images.gz", 0, 100);
      bar.at(100);
      bar.say("done");
    }
    assertTrue(text().contains("done"), text());
    assertTrue(text().contains("images.gz [===================="), text());
  }

  @Test
  void otherDisplaysAreRefused() {
    assertThrows(ConvoyException.class, () -> TransferProgress.choose("fancy", false, err));
  }

  @Test
  void sizesAsPeopleReadThem() {
    assertEquals("0 B", ByteSize.of(0));
    assertEquals("1023 B", ByteSize.of(1023));
    assertEquals("1.00 KiB", ByteSize.of(1024));
    assertEquals("99.5 KiB", ByteSize.of(101_850));
    assertEquals("100 KiB", ByteSize.of(102_350));
    assertEquals("1.00 MiB", ByteSize.of((1 << 20) - 1));
    assertEquals("25.2 MiB", ByteSize.of(26_421_880));
    assertEquals("8388608 TiB", ByteSize.of(Long.MAX_VALUE));
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
