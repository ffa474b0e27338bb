package io.convoy.benchmarks.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ProblemSetsTest {
  /**
   * The parameters that are published for each network, less its biases and those of its batch
   * norms; and the layers that have weights.
   */
  @ParameterizedTest
  @CsvSource({
    "lenet, 3274634, 1130, 4",
    "alexnet, 60965224, 10568, 8",
    "vgg16, 138357544, 13416, 16",
    "googlenet, 6998552, 8280, 58",
    "resnet50, 25557032, 54120, 54",
    "densenet121, 7978856, 84648, 121",
    "mobilenetv1, 4231976, 22888, 28",
  })
  void haveThePublishedWeights(String set, long parameters, long others, int layers) {
    List<Problem> problems = ProblemSets.load(set);
    long weights = problems.stream().mapToLong(p -> (long) p.count() * p.shape().weights()).sum();
    assertEquals(parameters - others, weights);
    assertEquals(layers, problems.stream().mapToInt(Problem::count).sum());
  }

  @ParameterizedTest
  @FieldSource("io.convoy.benchmarks.layers.ProblemSets#NETWORKS")
  void haveEachShapeOnce(String set) {
    List<Problem> problems = ProblemSets.load(set);
    assertEquals(
        problems.size(), new HashSet<>(problems.stream().map(Problem::shape).toList()).size());
    assertTrue(problems.stream().allMatch(p -> p.set().equals(set)));
  }

  @Test
  void denseLayersHaveTheBatchesOfTheirNetworks() {
    List<Problem> problems = ProblemSets.load(ProblemSets.DENSE);
    assertTrue(problems.stream().allMatch(p -> p.set().equals("dense")));
    assertTrue(problems.stream().allMatch(p -> p.shape() instanceof DenseShape));
    List<String> lenet =
        problems.stream().filter(p -> p.batch() == 128).map(Problem::name).toList();
    assertEquals(List.of("dense lenet fc1", "dense lenet fc2", "dense resnet-20 fc"), lenet);
    assertEquals(
        problems.size() - lenet.size(), problems.stream().filter(p -> p.batch() == 16).count());
  }

  @Test
  void imagesNeedNoGradient() {
    Problem first = ProblemSets.load("vgg16").get(0);
    assertEquals(List.of(Direction.FORWARD, Direction.BACKWARD_WEIGHTS), first.directions());
    assertEquals(2.0 * 9 * 3 * 64 * 224 * 224, first.operations());
  }

  @Test
  void readsAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.txt");
    Files.writeString(file, "dense in3 out4\n");
    assertEquals(1, ProblemSets.load(file.toString()).size());
  }

  @Test
  void namesTheSetsThereAre() {
    ConvoyException refused =
        assertThrows(ConvoyException.class, () -> ProblemSets.load("resnet5"));
    assertTrue(refused.getMessage().contains("resnet50"), refused.getMessage());
    assertTrue(refused.getMessage().endsWith("got \"resnet5\""), refused.getMessage());
  }
}
