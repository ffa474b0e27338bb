package io.convoy.operation.correlation;

import io.convoy.operation.Epilogue;

/** One way to compute a {@link Correlation}. */
public interface ConvolutionPass {
  /** Takes the weights, OIHW from {@code offset} on. */
  void load(float[] weightsOIHW, int offset);

  /**
   * Computes the outputs of {@code samples} samples.
   *
   * @param bias null for none
   * @param biasOffset where the bias starts
   * @param epilogue what follows on each piece of the output; null for nothing. The output is then
   *     all pixels of a tensor
   */
  void run(int samples, float[] bias, int biasOffset, Epilogue epilogue);
}
