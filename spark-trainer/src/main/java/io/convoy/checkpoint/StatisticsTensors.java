package io.convoy.checkpoint;

import io.convoy.data.augment.ImageStatistics;
import io.convoy.data.augment.ImageStatistics.Parts;
import io.convoy.error.ConvoyException;
import io.convoy.format.SafetensorsHeader.Tensor;
import io.convoy.format.SafetensorsReader;
import io.convoy.format.TensorSlice;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is measured of whole images, as named tensors: {@code mean} (HWC), {@code matrix}. */
final class StatisticsTensors {
  private StatisticsTensors() {}

  static List<TensorSlice> of(ImageStatistics measured) {
    List<TensorSlice> tensors = new ArrayList<>();
    tensors.add(new TensorSlice("mean", measured.shape(), measured.mean(), 0));
    if (measured.matrix() != null) {
      int elements = measured.mean().length;
      tensors.add(new TensorSlice("matrix", Shape.of(elements, elements), measured.matrix(), 0));
    }
    return tensors;
  }

  /**
   * Reads them.
   *
   * @param input the shape of the images
   * @throws ConvoyException of kind DATA when the file holds others, or numbers that are not finite
   */
  static ImageStatistics read(SafetensorsReader reader, Parts parts, Shape input, Object file)
      throws IOException {
    int elements = input.elements();
    float[] mean = new float[elements];
    float[] matrix = parts == Parts.MEAN_AND_MATRIX ? new float[elements * elements] : null;
    List<TensorSlice> wanted = of(new ImageStatistics(input, mean, matrix));
    requireSame(reader.header().tensors(), wanted, file);
    reader.read(wanted);
    return new ImageStatistics(input, mean, matrix); // checks what was read
  }

  private static void requireSame(List<Tensor> found, List<TensorSlice> wanted, Object file) {
    boolean same = found.size() == wanted.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      TensorSlice slice = wanted.get(i);
      same = found.get(i).name().equals(slice.name()) && found.get(i).isOf(slice.shape());
    }
    if (!same) {
      throw ConvoyException.data(
          "%s must hold what preprocessing.json asks for, %s; it holds %s",
          file,
          wanted.stream().map(slice -> slice.name() + " " + slice.shape()).toList(),
          found.stream().map(tensor -> tensor.name() + " " + tensor.shape()).toList());
    }
  }
}
