package io.convoy.benchmarks.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.convoy.benchmarks.networks.NetworkProblem;
import java.util.Arrays;

/** PyTorch as all its contenders use it: through the calls that DJL's own operators make. */
final class Torch {
  static final String NAME = "PyTorch";

  private Torch() {}

  static String version() {
    return Engine.getEngine(NAME).getVersion() + " through DJL " + Engine.getDjlVersion();
  }

  /** Memory that is given back as it is closed; computes on so many threads. */
  static NDManager manager(int threads) {
    NDManager manager = NDManager.newBaseManager(Device.cpu(), NAME);
    if (JniUtils.getNumThreads() != threads) {
      JniUtils.setNumThreads(threads);
    }
    return manager;
  }

  /**
   * An array [n, c, h, w] of values in the order NHWC.
   *
   * @param channelsLast whether it stays in that order in memory, as PyTorch's channels-last
   */
  static NDArray image(
      NDManager manager, float[] valuesNHWC, long n, long h, long w, long c, boolean channelsLast) {
    return layout(
        manager.create(valuesNHWC, new Shape(n, h, w, c)).transpose(0, 3, 1, 2), channelsLast);
  }

  /** Weights OIHW. */
  static NDArray weights(NDManager manager, float[] values, Shape shape, boolean channelsLast) {
    NDArray plain = manager.create(values, shape);
    if (!channelsLast) {
      return plain;
    }
    return plain.transpose(0, 2, 3, 1).duplicate().transpose(0, 3, 1, 2);
  }

  private static NDArray layout(NDArray channelsLastView, boolean channelsLast) {
    return channelsLast ? channelsLastView : contiguous(channelsLastView);
  }

  /** A copy in the order of its axes. */
  private static NDArray contiguous(NDArray view) {
    return view.flatten().reshape(view.getShape());
  }

  /** The classes of samples, [n, 1]. */
  static NDArray labels(NDManager manager, NetworkProblem problem, int[] indices) {
    long[] classes = Arrays.stream(indices).mapToLong(problem::label).toArray();
    return manager.create(classes, new Shape(classes.length, 1));
  }

  /** The values of [n, c, h, w] in the order NHWC. */
  static float[] readImage(NDArray image) {
    return image.transpose(0, 2, 3, 1).toFloatArray();
  }

  /** The same tensor without a past, under a handle that another manager closes. */
  static PtNDArray in(NDManager manager, NDArray stored) {
    PtNDArray handle = (PtNDArray) stored.stopGradient();
    handle.attach(manager);
    return handle;
  }

  /** A tensor of the same values without a past, whose gradient is asked for. */
  static PtNDArray leaf(NDArray stored) {
    PtNDArray leaf = (PtNDArray) stored.stopGradient();
    leaf.setRequiresGradient(true);
    return leaf;
  }
}
