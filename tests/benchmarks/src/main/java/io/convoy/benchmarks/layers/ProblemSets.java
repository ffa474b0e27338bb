package io.convoy.benchmarks.layers;

import io.convoy.error.ConvoyException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The layers of networks, each distinct shape once, and files of other problems. */
final class ProblemSets {
  /** The networks whose layers come with the benchmarks, at one sample each. */
  static final List<String> NETWORKS =
      List.of("lenet", "alexnet", "vgg16", "googlenet", "resnet50", "densenet121", "mobilenetv1");

  /** The dense layers of the networks that are measured as a whole, at their batches. */
  static final String DENSE = "dense";

  private ProblemSets() {}

  /**
   * The problems of a set.
   *
   * @param nameOrFile one of {@link #NETWORKS}, {@link #DENSE} or a file
   * @throws ConvoyException when it is neither, or a line is wrong
   */
  static List<Problem> load(String nameOrFile) {
    try (BufferedReader text = open(nameOrFile)) {
      return ProblemParser.parseAll(text, nameOrFile);
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "cannot read " + nameOrFile + ": " + e, e);
    }
  }

  private static BufferedReader open(String nameOrFile) throws IOException {
    if (NETWORKS.contains(nameOrFile) || nameOrFile.equals(DENSE)) {
      InputStream resource = ProblemSets.class.getResourceAsStream(nameOrFile + ".txt");
      return new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8));
    }
    Path file = Path.of(nameOrFile);
    if (!Files.isRegularFile(file)) {
      throw ConvoyException.usage(
          "a set is one of %s, %s or a file of problems; got \"%s\"", NETWORKS, DENSE, nameOrFile);
    }
    return Files.newBufferedReader(file, StandardCharsets.UTF_8);
  }
}
