package io.convoy.benchmarks.layers;

/** The shape of a layer's work on one sample; weights are counted without a bias. */
public sealed interface LayerShape permits ConvolutionShape, DenseShape {
  /** Floats of one input sample. */
  int inputs();

  /** Floats of one output sample. */
  int outputs();

  /** Weights. */
  int weights();

  /** Multiply-adds of one sample, the same for each direction. */
  long multiplyAdds();

  /** Terms of each sum of the direction, at the most. */
  long terms(Direction direction, int batch);

  /** Whether the input is an image out of the data set, whose gradient nobody needs. */
  boolean first();

  /** The comparison that a direction of this layer belongs to. */
  Group group(Direction direction);
}
