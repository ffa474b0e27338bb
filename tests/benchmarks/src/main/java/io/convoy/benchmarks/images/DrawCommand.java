package io.convoy.benchmarks.images;

import io.convoy.benchmarks.timing.ProgressLine;
import io.convoy.data.image.JpegEncoder;
import io.convoy.data.image.Pixels;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.tensor.Shape;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code draw}: makes sets of any size, to try out what large ones take. */
@Command(
    name = "draw",
    description = {
      "Draws JPEG images of stripes into tar files of class folders, as convoy pack reads them.",
      "A class has its direction and width of stripes; place, colours and noise are each image's"
          + " own. The same arguments draw the same pixels."
    },
    mixinStandardHelpOptions = true)
public final class DrawCommand implements Callable<Integer> {
  private static final int NOISE = 48;
  private static final int QUALITY = 75;

  @Parameters(paramLabel = "FOLDER", description = "Where the tar files go.")
  private Path folder;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "How many; by default ${DEFAULT-VALUE}.")
  private int images = 10_000;

  @Option(names = "--classes", paramLabel = "N", description = "By default ${DEFAULT-VALUE}.")
  private int classes = 100;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Height and width; by default ${DEFAULT-VALUE}.")
  private int size = 32;

  @Option(names = "--files", paramLabel = "N", description = "By default ${DEFAULT-VALUE}.")
  private int files = 8;

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(folder);
    try (ProgressLine progress = new ProgressLine(files)) {
      for (int file = 0; file < files; file++) {
        Path path = folder.resolve(String.format(Locale.ROOT, "drawn-%03d.tar", file));
        progress.next(path.toString());
        write(path, file);
      }
    }
    return 0;
  }

  private void write(Path path, int file) throws IOException {
    try (TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(path)));
        JpegEncoder encoder = new JpegEncoder()) {
      Pixels pixels = new Pixels();
      for (int number = file; number < images; number += files) {
        int label = number % classes;
        draw(number, label, pixels);
        byte[] jpeg = encoder.encode(pixels, QUALITY);
        TarArchiveEntry entry =
            new TarArchiveEntry(String.format(Locale.ROOT, "class-%03d/%08d.jpg", label, number));
        entry.setSize(jpeg.length);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(jpeg);
        tar.closeArchiveEntry();
      }
    }
  }

  private void draw(int number, int label, Pixels into) {
    RandomStream random = new RandomStream(0, Purpose.SYNTHETIC_DATA);
    random.at(0, number);
    byte[] bytes = into.room(Shape.of(size, size, 3));
    double angle = StrictMath.PI * label / classes;
    double across = StrictMath.cos(angle) / (2 + label % 5);
    double down = StrictMath.sin(angle) / (2 + label % 5);
    double place = random.uniform(0);
    int[] light = {random.below(256, 1), random.below(256, 2), random.below(256, 3)};
    int[] dark = {random.below(256, 4), random.below(256, 5), random.below(256, 6)};
    int next = 0;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double turn = place + across * x + down * y;
        int[] colour = turn - StrictMath.floor(turn) < 0.5 ? light : dark;
        int noise = (random.bits(8 + y * size + x) & (NOISE - 1)) - NOISE / 2;
        for (int channel = 0; channel < 3; channel++) {
          bytes[next++] = (byte) Math.max(0, Math.min(255, colour[channel] + noise));
        }
      }
    }
  }
}
