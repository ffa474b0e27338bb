package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.reference.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 | 1 | outFeatures: 1",
        "3 | 13 | outFeatures: 10",
        "7 | 207 | outFeatures: 3, bias: false",
        "13 | 37 | outFeatures: 100",
        "2 | 1000 | outFeatures: 17",
        "66 | 64 | outFeatures: 96",
        "70 | 150 | outFeatures: 49",
        "1 | 300 | outFeatures: 130",
      })
  void forwardIsTheFormulaAndGradientsAreThoseOfCentralDifferences(String line) {
    Problem problem = Problem.parse(line.replaceFirst("\\| (?=o)", "| type: 'linear', "));
    try (LayerRig rig = problem.rig()) {
      Images x = rig.input(0);
      Images y = rig.forward();
      double[] weights = rig.parameter(0);
      boolean biased = rig.parameters.size() == 2;
      y.forEach(
          (n, o, h, w) -> {
            double sum = biased ? rig.parameter(1)[o] : 0;
            double sizes = Math.abs(sum);
            for (int i = 0; i < x.channels(); i++) {
              double term = x.get(n, i, 0, 0) * weights[o * x.channels() + i];
              sum += term;
              sizes += Math.abs(term);
            }
            double bound = (x.channels() + 2) * 0x1p-24 * sizes;
            assertEquals(sum, y.get(n, o, 0, 0), bound, line + " output " + o);
          });
      rig.checkGradients();
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    ConvoyException image =
        assertThrows(
            ConvoyException.class,
            () -> Problem.parse("1 | 5, 7, 3 | type: 'linear', outFeatures: 3"));
    assertEquals(
        "layer 'linear_1': linear takes a vector [features]; got the image 5x7x3: put a flatten"
            + " layer before it",
        image.getMessage());
    ConvoyException none = assertThrows(ConvoyException.class, () -> Linear.of(0));
    assertEquals("linear: outFeatures must be at least 1; got 0", none.getMessage());
  }
}
