package io.convoy.data;

import io.convoy.data.image.Background;
import java.io.Serializable;
import java.util.List;

/**
 * The description of a data set: where it lies and in which format. It travels to the executors,
 * each of which opens it for itself.
 */
public interface DataSet extends Serializable {
  /**
   * Opens the set.
   *
   * @throws io.convoy.error.ConvoyException when a file is missing, cut short or not of the format;
   *     the message names the file
   */
  SampleSource open(FileStore files);

  /**
   * What the set's files are like at the moment: it changes with a name, a size or a time of
   * change. No file is read for it.
   *
   * @return a text to compare with another; empty for a set without files
   * @throws io.convoy.error.ConvoyException when a file is missing
   */
  default String version(FileStore files) {
    return "";
  }

  /**
   * The same images, of which each may have a size of its own: for readers that bring them to one,
   * by a {@link io.convoy.data.image.Framing}.
   */
  default DataSet ofAnySize() {
    return this;
  }

  /**
   * The same images over another background, which is seen where they are transparent; white as
   * long as nobody says so.
   */
  default DataSet over(Background background) {
    return this;
  }

  /**
   * The same images in the order of a pack: for sets that are in another one, of files.
   *
   * @param order that {@code convoy pack} would have put them in
   */
  default DataSet inOrderOf(PackedOrder order) {
    return this;
  }

  /**
   * The same images under the labels of another set: a test set may lack classes that it is tested
   * for.
   *
   * @param classes of the training set, by label
   */
  default DataSet labelledAs(List<String> classes) {
    return this;
  }
}
