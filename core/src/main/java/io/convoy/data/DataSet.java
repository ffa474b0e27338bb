package io.convoy.data;

import java.io.Serializable;

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
}
