package io.convoy.benchmarks.images;

import io.convoy.benchmarks.networks.JavaCommand;
import io.convoy.benchmarks.networks.Jdk;
import io.convoy.benchmarks.networks.RemoteStep;
import io.convoy.benchmarks.networks.Step;
import io.convoy.benchmarks.timing.Budget;
import io.convoy.benchmarks.timing.Machine;
import io.convoy.benchmarks.timing.Options;
import io.convoy.benchmarks.timing.Rounds;
import io.convoy.benchmarks.timing.Spread;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code images}: times the reading of photographs. */
@Command(
    name = "images",
    description = {
      "Times the reading of JPEG photographs on one thread, in turns with ImageIO and, where python3"
          + " has Pillow (and, for whole batches, NumPy), with libjpeg-turbo.",
      "The last set is made of the first one's photographs: mosaics of two megapixels."
    })
public final class ImagesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "Folders of .jpg files.")
  private List<Path> folders;

  @Option(
      names = Options.JDKS,
      split = ",",
      paramLabel = "HOME",
      description = "Other JDKs, too, each in a process of its own.")
  private List<Path> jdks = List.of();

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      description = "The Python that has Pillow; by default ${DEFAULT-VALUE}.")
  private String python = "python3";

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Of all rounds of a comparison; by default ${DEFAULT-VALUE}.")
  private double seconds = 20;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description = "Seconds before the first round, for each contender; ${DEFAULT-VALUE}.")
  private double warmUp = 4;

  @Override
  public Integer call() throws IOException {
    Path temporary = Files.createTempDirectory("convoy-images");
    try {
      Path script = temporary.resolve("pillow.py");
      try (InputStream text = ImagesCommand.class.getResourceAsStream("pillow.py")) {
        Files.copy(text, script, StandardCopyOption.REPLACE_EXISTING);
      }
      Path mosaics = Files.createDirectory(temporary.resolve("mosaics"));
      Mosaics.write(ImageSet.of(folders.get(0)), mosaics);
      List<Path> all = new ArrayList<>(folders);
      all.add(mosaics);
      System.out.println(Machine.here());
      System.out.println(
          "| photographs | task | contender | images/s | Mpixel/s | of Convoy | ± % |");
      System.out.println("|---|---|---|---|---|---|---|");
      for (Path folder : all) {
        for (Task task : Task.values()) {
          compare(ImageSet.of(folder), task, script);
        }
      }
    } finally {
      try (Stream<Path> files = Files.walk(temporary)) {
        for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
    return 0;
  }

  private void compare(ImageSet set, Task task, Path script) {
    Map<String, Step> contenders = contenders(set, task, script);
    List<LongSupplier> timed = new ArrayList<>();
    for (Step contender : contenders.values()) {
      timed.add(
          () -> {
            long start = System.nanoTime();
            contender.run();
            return System.nanoTime() - start;
          });
    }
    List<double[]> rounds = new Rounds(timed, new Budget(warmUp, seconds, 7)).measure();
    contenders.values().forEach(Step::close);
    double megapixels = megapixels(set);
    double ours = Spread.of(rounds.get(0)).median();
    int next = 0;
    for (String name : contenders.keySet()) {
      Spread spread = Spread.of(rounds.get(next++));
      System.out.println(
          String.format(
              Locale.ROOT,
              "| %s x %.2f Mpixel (%s) | %s | %s | %.0f | %.0f | %.2f | %.0f |",
              set.files().size(),
              megapixels / set.files().size(),
              set.folder().getFileName(),
              task.title(),
              name,
              set.files().size() / spread.median(),
              megapixels / spread.median(),
              ours / spread.median(),
              spread.percent() / 2));
    }
  }

  private Map<String, Step> contenders(ImageSet set, Task task, Path script) {
    Map<String, Step> contenders = new LinkedHashMap<>();
    String here = " on JDK " + Jdk.here().version();
    List<String> ours =
        task.endsInBatch()
            ? List.of(ImageServer.CONVOY)
            : List.of(ImageServer.CONVOY, ImageServer.IMAGE_IO);
    ours.forEach(name -> contenders.put(name + here, ImageServer.contender(name, set, task)));
    for (Path home : jdks) {
      Jdk jdk = Jdk.at(home);
      for (String name : ours) {
        String title = "%s on JDK %s".formatted(name, jdk.version());
        List<String> command =
            JavaCommand.of(
                jdk.java(),
                List.of(),
                ImageServer.class,
                List.of(name, task.name(), set.folder().toString()));
        contenders.put(title, new RemoteStep(title, command));
      }
    }
    String folder = set.folder().toString();
    try {
      contenders.put(
          "libjpeg-turbo (Pillow)",
          new RemoteStep(
              "Pillow", List.of(python, script.toString(), task.name(), folder, parts(set, task))));
    } catch (ConvoyException e) {
      System.err.println("bench: without Pillow: " + e.getMessage());
    }
    return contenders;
  }

  /** For pillow.py: top, left, height and width of the part of each photograph. */
  private static String parts(ImageSet set, Task task) {
    return task.endsInBatch()
        ? ConvoyBatches.crops(set).stream()
            .map(c -> "%s,%s,%s,%s".formatted(c.top(), c.left(), c.height(), c.width()))
            .collect(Collectors.joining(" "))
        : "";
  }

  private static double megapixels(ImageSet set) {
    long pixels = 0;
    try (ImageDecoder decoder = new ImageDecoder()) {
      Pixels image = new Pixels();
      for (byte[] file : set.files()) {
        decoder.decode(file, "image", 3, Framing.STORED, image);
        pixels += (long) image.shape().height() * image.shape().width();
      }
    }
    return pixels / 1e6;
  }
}
