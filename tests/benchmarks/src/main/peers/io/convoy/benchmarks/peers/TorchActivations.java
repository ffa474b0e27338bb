package io.convoy.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.convoy.error.ConvoyException;
import io.convoy.layer.Activation;
import io.convoy.layer.Elu;
import io.convoy.layer.Gelu;
import io.convoy.layer.HardSigmoid;
import io.convoy.layer.HardSwish;
import io.convoy.layer.HardTanh;
import io.convoy.layer.LeakyRelu;
import io.convoy.layer.Relu;
import io.convoy.layer.Relu6;
import io.convoy.layer.Selu;
import io.convoy.layer.Sigmoid;
import io.convoy.layer.Silu;
import io.convoy.layer.Tanh;

/** Activations in PyTorch: by an operator of its own where DJL hands it on, else put together. */
final class TorchActivations {
  private TorchActivations() {}

  static PtNDArray of(Activation activation, PtNDArray x) {
    if (activation instanceof Relu) {
      return JniUtils.relu(x);
    }
    if (activation instanceof LeakyRelu relu) {
      return JniUtils.leakyRelu(x, relu.negativeSlope());
    }
    if (activation instanceof Elu elu) {
      return (PtNDArray) JniUtils.elu(x, elu.alpha()).mul(elu.scale());
    }
    if (activation instanceof Selu) {
      return JniUtils.selu(x);
    }
    if (activation instanceof Gelu gelu) {
      return gelu.approximate() == Gelu.Approximation.NONE ? JniUtils.gelu(x) : geluTanh(x);
    }
    if (activation instanceof Sigmoid) {
      return JniUtils.sigmoid(x);
    }
    if (activation instanceof Tanh) {
      return JniUtils.tanh(x);
    }
    return composed(activation, x);
  }

  private static PtNDArray composed(Activation activation, PtNDArray x) {
    if (activation instanceof Relu6) {
      return JniUtils.clip(x, 0, 6);
    }
    if (activation instanceof HardTanh hard) {
      return JniUtils.clip(x, hard.min(), hard.max());
    }
    if (activation instanceof Silu) {
      return JniUtils.mul(x, JniUtils.sigmoid(x));
    }
    if (activation instanceof HardSigmoid hard) {
      return JniUtils.clip((PtNDArray) x.mul(hard.slope()).add(hard.offset()), 0, 1);
    }
    if (activation instanceof HardSwish) {
      return (PtNDArray) JniUtils.mul(x, JniUtils.clip((PtNDArray) x.add(3), 0, 6)).div(6);
    }
    throw ConvoyException.usage("PyTorch is not told of %s", activation);
  }

  private static PtNDArray geluTanh(PtNDArray x) {
    NDArray cube = x.mul(x).mul(x).mul(0.044715);
    NDArray inner = x.add(cube).mul(Math.sqrt(2 / Math.PI));
    return (PtNDArray) inner.tanh().add(1).mul(x).mul(0.5);
  }
}
