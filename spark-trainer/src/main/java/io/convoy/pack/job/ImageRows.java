package io.convoy.pack.job;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The images of a source on their way through Spark. As a source gives them, a row is (path, found
 * class, length, version, location, image): the class as the source has it, null for what is left
 * out; the location of a file that holds the image, or the image itself. As they are shuffled, it
 * is (key, file, path, label, location, image).
 */
final class ImageRows {
  static final int PATH = 0;
  static final int FOUND_CLASS = 1;
  static final int LENGTH = 2;
  static final int VERSION = 3;
  static final int LOCATION = 4;
  static final int IMAGE = 5;

  static final StructType SHUFFLED =
      new StructType()
          .add("key", DataTypes.BinaryType, false)
          .add("file", DataTypes.IntegerType, false)
          .add("path", DataTypes.StringType, false)
          .add("label", DataTypes.IntegerType, false)
          .add("location", DataTypes.StringType, true)
          .add("image", DataTypes.BinaryType, true);

  private ImageRows() {}

  /** An image that lies in a file of its own. */
  static Row file(String path, String foundClass, long length, String version, String location) {
    return RowFactory.create(path, foundClass, length, version, location, null);
  }

  /**
   * An image itself.
   *
   * @param image null where only the rest is wanted
   */
  static Row image(String path, String foundClass, long length, String version, byte[] image) {
    return RowFactory.create(path, foundClass, length, version, null, image);
  }

  /** Something that is no part of the set. */
  static Row leftOut(String path) {
    return RowFactory.create(path, null, 0L, "", null, null);
  }
}
