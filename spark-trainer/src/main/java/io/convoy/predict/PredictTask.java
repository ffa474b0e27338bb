package io.convoy.predict;

import io.convoy.data.StoredFile;
import io.convoy.data.folder.LeftOut;
import io.convoy.error.ConvoyException;
import io.convoy.images.ImageRows;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Prediction;
import io.convoy.json.Json;
import io.convoy.storage.HadoopFiles;
import io.convoy.storage.StoreFolder;
import io.convoy.worker.Release;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;

/**
 * Predicts the images of a part, and writes their rows, one for each, in their order.
 *
 * @param driver that of the driver: another would give other bits
 * @param place the work folder of a {@link RowFolder}
 */
record PredictTask(
    Release driver, SharedModel model, HadoopFiles files, String place, PredictOptions options)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int NAMED = 5;

  /** The {@link DonePart}, as JSON. */
  byte[] run(Iterator<Row> rows) {
    driver.requireHere();
    TaskContext task = TaskContext.get();
    return Json.bytes(new OnePart(task.partitionId(), rows).write(Math.max(1, task.cpus())));
  }

  /** A part while it is predicted. */
  private final class OnePart {
    private final int number;
    private final Iterator<Row> rows;
    private final LeftOut leftOut = new LeftOut();
    private final List<String> errors = new ArrayList<>();
    private long images;
    private long failed;

    OnePart(int number, Iterator<Row> rows) {
      this.number = number;
      this.rows = rows;
    }

    DonePart write(int threads) {
      StoreFolder folder = StoreFolder.at(place, files.configuration());
      Iterator<EncodedImage> encoded = new EncodedImages(rows, files, leftOut);
      try {
        if (!encoded.hasNext()) {
          return described(folder, null, 0);
        }
        String name = RowFolder.name(number, options.format());
        try (Predictors.Borrowed borrowed =
            Predictors.borrow(model, options.embedding(), options.testTime(), threads)) {
          Iterator<Prediction> predictions = borrowed.predictor().predict(encoded);
          List<String> classes = borrowed.classifier().classes();
          folder.write(folder.path(name), out -> write(predictions, classes, out));
        }
        long bytes = folder.fileSystem().getFileStatus(folder.path(name)).getLen();
        return described(folder, name, bytes);
      } catch (IOException e) {
        throw folder.unwritable(
            "write the rows of part %s to".formatted(number),
            folder.root(),
            e,
            "look after the store, and start the command again with --resume");
      }
    }

    private void write(Iterator<Prediction> predictions, List<String> classes, OutputStream out)
        throws IOException {
      try (RowWriter writer = options.format().open(out, options)) {
        while (predictions.hasNext()) {
          PredictedRow row = PredictedRow.of(predictions.next(), classes, options);
          writer.write(row);
          images++;
          if (row.error() != null) {
            failed++;
            if (errors.size() < NAMED) {
              errors.add(row.error());
            }
          }
        }
      }
    }

    private DonePart described(StoreFolder folder, String name, long bytes) throws IOException {
      DonePart part = new DonePart(number, name, bytes, images, failed, errors, leftOut);
      RowFolder.describe(folder, part);
      return part;
    }
  }

  /** The images of rows; those that tell what is left out are counted on the way. */
  private static final class EncodedImages implements Iterator<EncodedImage> {
    private final Iterator<Row> rows;
    private final HadoopFiles files;
    private final LeftOut leftOut;
    private EncodedImage next;

    EncodedImages(Iterator<Row> rows, HadoopFiles files, LeftOut leftOut) {
      this.rows = rows;
      this.files = files;
      this.leftOut = leftOut;
    }

    @Override
    public boolean hasNext() {
      while (next == null && rows.hasNext()) {
        Row row = rows.next();
        if (row.isNullAt(ImageRows.FOUND_CLASS)) {
          leftOut.add(ImageRows.leftOut(row));
        } else {
          next = image(row);
        }
      }
      return next != null;
    }

    private EncodedImage image(Row row) {
      String path = row.getString(ImageRows.PATH);
      String location = row.getString(ImageRows.LOCATION);
      long length = row.getLong(ImageRows.LENGTH);
      if (location != null) {
        return length == ListedFiles.UNKNOWN_LENGTH
            ? EncodedImage.reading(path, () -> read(location, length))
            : EncodedImage.reading(path, () -> read(location, length), length);
      }
      byte[] image = row.getAs(ImageRows.IMAGE);
      if (image != null) {
        return EncodedImage.of(path, image);
      }
      return EncodedImage.reading(
          path,
          () -> {
            throw ConvoyException.data(
                "%s: the image has no bytes, or more than %d: scale it down, or take it away",
                path == null ? "a row without a path" : path, ImageRows.MOST_BYTES);
          });
    }

    private byte[] read(String location, long known) {
      long length =
          known == ListedFiles.UNKNOWN_LENGTH ? StoredFile.length(files, location) : known;
      if (length > ImageRows.MOST_BYTES) {
        throw ConvoyException.data(
            "%s: the image has %d bytes, more than %d: scale it down, or take it away",
            location, length, ImageRows.MOST_BYTES);
      }
      return StoredFile.read(files, location, length);
    }

    @Override
    public EncodedImage next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      EncodedImage image = next;
      next = null;
      return image;
    }
  }
}
