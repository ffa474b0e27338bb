package io.convoy.images;

import io.convoy.data.folder.LeftOut;
import io.convoy.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The images of a source on their way through Spark. As a source gives them, a row is (path, found
 * class, length, version, location, image): the class as the source has it; the location of a file
 * that holds the image, or the image itself. Behind the images of a partition stands one row that
 * tells what is left out: (its JSON, null, …). As they are shuffled, a row is (key, file, path,
 * label, location, image, length).
 */
public final class ImageRows {
  /** The columns, by number. */
  public static final int PATH = 0;

  public static final int FOUND_CLASS = 1;
  public static final int LENGTH = 2;
  public static final int VERSION = 3;
  public static final int LOCATION = 4;
  public static final int IMAGE = 5;

  public static final StructType SHUFFLED =
      new StructType()
          .add("key", DataTypes.BinaryType, false)
          .add("file", DataTypes.IntegerType, false)
          .add("path", DataTypes.StringType, false)
          .add("label", DataTypes.IntegerType, false)
          .add("location", DataTypes.StringType, true)
          .add("image", DataTypes.BinaryType, true)
          .add("length", DataTypes.LongType, false);

  /** Bytes of an image at the most: far more than any photograph has. */
  public static final long MOST_BYTES = 1L << 28;

  private ImageRows() {}

  /** An image that lies in a file of its own. */
  public static Row file(
      String path, String foundClass, long length, String version, String location) {
    return RowFactory.create(path, foundClass, length, version, location, null);
  }

  /**
   * An image itself.
   *
   * @param image null where only the rest is wanted
   */
  public static Row image(
      String path, String foundClass, long length, String version, byte[] image) {
    return RowFactory.create(path, foundClass, length, version, null, image);
  }

  /** What a partition has left out, as the last of its rows. */
  public static Row leftOut(LeftOut leftOut) {
    return RowFactory.create(Json.text(leftOut), null, 0L, "", null, null);
  }

  /** What such a row tells. */
  public static LeftOut leftOut(Row row) {
    byte[] json = row.getString(PATH).getBytes(StandardCharsets.UTF_8);
    return Json.read(json, LeftOut.class, "left out");
  }

  /**
   * Images, and behind them what is left out.
   *
   * @param leftOut counts while the images are asked for
   */
  public static Iterator<Row> with(LeftOut leftOut, Iterator<Row> images) {
    return new Iterator<>() {
      private boolean told;

      @Override
      public boolean hasNext() {
        return images.hasNext() || !told;
      }

      @Override
      public Row next() {
        if (images.hasNext()) {
          return images.next();
        }
        if (told) {
          throw new NoSuchElementException();
        }
        told = true;
        return leftOut(leftOut);
      }
    };
  }
}
