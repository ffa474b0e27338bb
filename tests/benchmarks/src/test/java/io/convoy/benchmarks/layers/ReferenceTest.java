package io.convoy.benchmarks.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final int THREADS = 2;

  private static Problem problem(String line) throws ConvoyException {
    return ProblemParser.parse(line, "test").orElseThrow();
  }

  /** Two independent computations, ours and the reference, of odd shapes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv mb3 ic5 ih9 iw7 oc6 kh3 ph1",
        "conv mb2 ic6 ih11 oc4 kh5 kw3 sh2 ph2 pw0 g2",
        "conv mb2 ic7 ih8 oc7 g7 kh3 ph1 dh1",
        "conv mb1 ic20 ih7 oc33 kh1 sh2",
        "dense mb3 in37 out19"
      })
  void oursIsWithinTheLimit(String line) {
    Problem problem = problem(line);
    Operands operands = Operands.of(problem);
    Reference reference = new Reference(problem, operands);
    try (ConvoyContender convoy = new ConvoyContender();
        Workload workload = convoy.prepare(problem, operands, THREADS).orElseThrow()) {
      for (Direction direction : problem.directions()) {
        workload.nanos(direction);
        double error = reference.error(direction, workload.result(direction));
        assertTrue(error <= reference.limit(direction), () -> direction + " is off by " + error);
      }
    }
  }

  @Test
  void aWrongElementIsFound() {
    Problem problem = problem("conv mb1 ic4 ih3 oc2 kh3 ph1");
    Operands operands = Operands.of(problem);
    Reference reference = new Reference(problem, operands);
    try (ConvoyContender convoy = new ConvoyContender();
        Workload workload = convoy.prepare(problem, operands, 1).orElseThrow()) {
      workload.nanos(Direction.FORWARD);
      float[] output = workload.result(Direction.FORWARD);
      output[7] += 0.01f;
      assertTrue(reference.error(Direction.FORWARD, output) > reference.limit(Direction.FORWARD));
      output[7] = Float.NaN;
      assertEquals(Double.POSITIVE_INFINITY, reference.error(Direction.FORWARD, output));
    }
  }

  @Test
  void workedByHand() {
    Problem problem = problem("conv mb1 ic1 ih2 iw2 oc1 kh2 ph1 oh3");
    float[] input = {1, 2, 3, 4};
    float[] weights = {10, 20, 30, 40};
    float[] gradient = {1, 0, 0, 0, 2, 0, 0, 0, 3};
    Reference reference = new Reference(problem, new Operands(input, weights, gradient));
    // output (0, 0) sees the input's first pixel under the kernel's last tap
    assertEquals(1 * 40, reference.element(Direction.FORWARD, 0));
    assertEquals(10 + 2 * 20 + 3 * 30 + 4 * 40, reference.element(Direction.FORWARD, 4));
    // input (0, 0): tap (1, 1) of output (0, 0), tap (0, 0) of output (1, 1)
    assertEquals(40 + 2 * 10, reference.element(Direction.BACKWARD_DATA, 0));
    assertEquals(2 * 40 + 3 * 10, reference.element(Direction.BACKWARD_DATA, 3));
    // tap (0, 0): output (1, 1) with input (0, 0), output (2, 2) with input (1, 1)
    assertEquals(2 * 1 + 3 * 4, reference.element(Direction.BACKWARD_WEIGHTS, 0));
  }

  /** The scalar kernels in a process of their own give the bits of this JVM's. */
  @Test
  void theScalarProcessAnswers() {
    Problem problem = problem("conv mb2 ic5 ih9 oc6 kh3 ph1 n\"a layer\"");
    try (ScalarReference scalar = new ScalarReference(THREADS)) {
      Map<Direction, String> expected = scalar.hashes(problem);
      assertEquals(3, expected.size());
      assertEquals(expected, ScalarReference.hashesHere(problem, THREADS));
    }
  }
}
