package io.convoy.data.augment;

import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Writes decoded images into a batch, standardised: what training and inference share, wherever the
 * images came from. All but whitening, which is done to a batch as a whole ({@code SampleInput}).
 * Shared by threads; each writes to slots of its own.
 */
public final class SampleWriter {
  private final Shape shape;
  private final Standardization standardization;
  private final float[] table;

  /** The mean image; null for none. */
  private final float[] mean;

  /** Where in the table the values of each element of a line begin: those of its channel. */
  private final int[] channelTables;

  /**
   * @param shape of the network's input, {@code [height, width, channels]}
   * @throws ConvoyException when the standardisation is of other channels
   */
  public SampleWriter(Shape shape, Standardization standardization) {
    standardization.requireFits(shape);
    this.shape = shape;
    this.standardization = standardization;
    table = standardization.table(shape.channels());
    mean = standardization.statistics().map(ImageStatistics::mean).orElse(null);
    channelTables = new int[shape.width() * shape.channels()];
    Arrays.setAll(channelTables, i -> 256 * (i % shape.channels()));
  }

  /** What mixes samples that this writes. */
  Mixing mixing(Augmentation augmentation, long seed) {
    return new Mixing(augmentation, shape, table, channelTables, seed);
  }

  /** How bytes become numbers. */
  public Standardization standardization() {
    return standardization;
  }

  /**
   * Checks that an image is one for this network.
   *
   * @param image its shape, once it is framed
   * @param name what the error names
   * @throws ConvoyException of kind DATA when it is not
   */
  public void requireShape(Shape image, Supplier<String> name) {
    requireShape(image, shape, name);
  }

  /**
   * Checks that an image has a shape.
   *
   * @param image its shape, once it is framed
   * @param expected what it must be
   * @param name what the error names
   * @throws ConvoyException of kind DATA when it is not
   */
  public static void requireShape(Shape image, Shape expected, Supplier<String> name) {
    if (!image.equals(expected)) {
      throw ConvoyException.data(
          "%s: every image must have the shape of the network's input: this one is %s, expected %s"
              + " (height x width x channels); set data.size in the recipe, which has images brought"
              + " to a size, or take it away",
          name.get(), image, expected);
    }
  }

  /**
   * Standardises a sample into the interior of slot {@code slot} of a batch. Allocates nothing.
   *
   * @param sample the bytes of an image of the network's shape, in HWC order, from 0 on
   */
  public void write(byte[] sample, Tensor batch, int slot) {
    scale(sample, batch, slot);
    centre(batch, slot);
  }

  /** The first part: values by byte and channel. */
  void scale(byte[] sample, Tensor batch, int slot) {
    if (!batch.shape().equals(shape) || slot < 0 || slot >= batch.capacity()) {
      throw new IllegalArgumentException(
          "slot %s of a batch of %s samples %s cannot take an image %s"
              .formatted(slot, batch.capacity(), batch.shape(), shape));
    }
    for (int h = 0; h < shape.height(); h++) {
      writeLine(sample, h * channelTables.length, batch.data(), batch.at(slot, h, 0));
    }
  }

  /** The second: takes the mean image away, where there is one. */
  void centre(Tensor batch, int slot) {
    if (mean == null) {
      return;
    }
    int line = channelTables.length;
    for (int h = 0; h < shape.height(); h++) {
      int to = batch.at(slot, h, 0);
      for (int i = 0; i < line; i++) {
        batch.data()[to + i] -= mean[h * line + i];
      }
    }
  }

  private void writeLine(byte[] sample, int from, float[] data, int to) {
    float[] values = table;
    int[] starts = channelTables;
    for (int i = 0; i < starts.length; i++) {
      data[to + i] = values[starts[i] + (sample[from + i] & 0xFF)];
    }
  }
}
