package io.convoy.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.convoy.json.Families;
import io.convoy.loss.BinaryCrossEntropy;
import io.convoy.loss.ClassWeights;
import io.convoy.loss.Criterion;
import io.convoy.loss.Huber;
import io.convoy.loss.Loss;
import io.convoy.loss.MeanSquaredError;
import io.convoy.loss.MultiClassHinge;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Losses and their gradients beside those of PyTorch's own differentiation, in double. */
class LossesTest {
  private static final double TOLERANCE = 1e-4;

  private static List<Loss> losses(ClassWeights weights) {
    return List.of(
        SoftmaxCrossEntropy.PLAIN,
        new SoftmaxCrossEntropy(0.1f),
        new SoftmaxCrossEntropy(0.1f, weights, 0),
        new SoftmaxCrossEntropy(0, null, 2),
        new SoftmaxCrossEntropy(0.2f, weights, 0.5f),
        MultiClassHinge.PLAIN,
        new MultiClassHinge(0.5f, true, weights),
        new BinaryCrossEntropy(0, null),
        new BinaryCrossEntropy(0.1f, weights),
        new MeanSquaredError(),
        new Huber(0.75f));
  }

  @Test
  void eachLossIsCompared() {
    Set<Class<?>> compared =
        losses(null).stream().map(Object::getClass).collect(Collectors.toSet());
    assertEquals(Set.copyOf(Families.members(Loss.class).values()), compared);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "7, 13", "3, 207"})
  void lossesAndGradientsAreThoseOfPyTorch(int samples, int classes) {
    RandomStream random = new RandomStream(3, Purpose.SYNTHETIC_DATA);
    float[] weights = new float[classes];
    float[] outputs = new float[samples * classes];
    float[] oneHot = new float[samples * classes];
    Target[] targets = new Target[samples];
    for (int c = 0; c < classes; c++) {
      weights[c] = 0.1f + random.below(1000, c) / 500f;
    }
    for (int n = 0; n < samples; n++) {
      random.at(1, n);
      int label = random.below(classes, classes);
      targets[n] = new ClassLabel(label);
      oneHot[n * classes + label] = 1;
      for (int c = 0; c < classes; c++) {
        outputs[n * classes + c] = random.below(6001, c) / 1000f - 3;
      }
    }
    try (NDManager manager = Torch.manager(1)) {
      for (Loss loss : losses(ClassWeights.of(weights))) {
        compare(loss, outputs, targets, wide(manager, oneHot, samples));
      }
    }
  }

  private static NDArray wide(NDManager manager, float[] values, int samples) {
    ai.djl.ndarray.types.Shape shape =
        new ai.djl.ndarray.types.Shape(samples, values.length / samples);
    return manager.create(values, shape).toType(DataType.FLOAT64, false);
  }

  private static void compare(Loss loss, float[] outputs, Target[] targets, NDArray oneHot) {
    int samples = targets.length;
    int classes = outputs.length / samples;
    PtNDArray leaf = Torch.leaf(wide(oneHot.getManager(), outputs, samples));
    JniUtils.setGradMode(true);
    NDArray expected = TorchLosses.sum(loss, leaf, oneHot);
    JniUtils.backward((PtNDArray) expected, (PtNDArray) expected.onesLike(), false, false);
    JniUtils.setGradMode(false);
    double[] slopes = leaf.getGradient().toDoubleArray();
    double largest = 0;
    for (double slope : slopes) {
      largest = Math.max(largest, Math.abs(slope));
    }
    Tensor output = Tensor.of(samples, Shape.of(classes));
    Tensor gradient = Tensor.of(samples, Shape.of(classes));
    for (int n = 0; n < samples; n++) {
      System.arraycopy(outputs, n * classes, output.data(), output.at(n, 0, 0), classes);
    }
    Criterion criterion = loss.criterion(Shape.of(classes));
    criterion.compute(output, 0, samples, targets, gradient);
    double sum = expected.getDouble();
    assertEquals(sum, criterion.loss(), TOLERANCE * Math.abs(sum), loss.toString());
    for (int i = 0; i < slopes.length; i++) {
      float slope = gradient.data()[gradient.at(i / classes, 0, 0) + i % classes];
      assertEquals(slopes[i], slope, TOLERANCE * largest, loss + ", element " + i);
    }
  }
}
