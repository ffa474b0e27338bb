package io.convoy.pack.job;

import io.convoy.data.StoredFile;
import io.convoy.data.image.DecodedImage;
import io.convoy.data.image.ImageDecoder;
import io.convoy.error.ConvoyException;
import io.convoy.images.ImageRows;
import io.convoy.json.Json;
import io.convoy.pack.LabelsFile;
import io.convoy.pack.PackedFile;
import io.convoy.pack.PackedFileWriter;
import io.convoy.pack.PackedImage;
import io.convoy.storage.HadoopFiles;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Writes the rows of a partition into one file. A later attempt, or one at the same time, writes
 * the same bytes, and each puts its whole file in place: so it is the same whose file stays.
 *
 * @param folder in which the set is made
 * @param numbers how many an image's labels may have
 * @param several whether an image may have several labels
 */
record WriteTask(
    HadoopFiles files, String folder, PackOptions options, int numbers, boolean several)
    implements FlatMapFunction<Iterator<Row>, byte[]> {
  private static final long serialVersionUID = 1L;

  private static final int NAMED = 10;

  @Override
  public Iterator<byte[]> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    Row first = rows.next();
    return List.of(Json.bytes(new OnePart(first, rows).write())).iterator();
  }

  /** A file while it is written. */
  private final class OnePart {
    private final int number;
    private final Iterator<Row> rows;
    private final PixelCounts pixels = new PixelCounts();
    private final List<Long> counts = new ArrayList<>(Collections.nCopies(numbers, 0L));
    private final List<Integer> heights = new ArrayList<>(List.of(Integer.MAX_VALUE, 0));
    private final List<Integer> widths = new ArrayList<>(List.of(Integer.MAX_VALUE, 0));
    private final List<Rejected> rejected = new ArrayList<>();
    private OddImages extraneous = OddImages.NONE;
    private OddImages coarse = OddImages.NONE;
    private final IntStream.Builder labels = IntStream.builder();
    private Row next;
    private Row before;
    private PackedFile file;

    OnePart(Row first, Iterator<Row> rows) {
      number = first.getInt(1);
      next = first;
      this.rows = rows;
    }

    PackedPart write() {
      PartFolder parts = new PartFolder(StoreFolder.at(folder, files.configuration()));
      try {
        parts.write(number, this::writeRows);
        PackedPart part = part();
        int[] packed = labels.build().toArray();
        parts.finish(part, rejected, LabelsFile.part(packed, numbers));
        return part;
      } catch (IOException e) {
        throw parts.unwritable(number, e);
      }
    }

    private void writeRows(OutputStream out) throws IOException {
      PackedFileWriter writer =
          new PackedFileWriter(out, PackedFile.name(number), options.groupBytes());
      try (ImageDecoder decoder = new ImageDecoder();
          Shrinker shrinker = new Shrinker(options.resizeShorter(), options.quality())) {
        for (Row row = next; row != null; row = rows.hasNext() ? rows.next() : null) {
          requireOnce(row);
          add(row, decoder, shrinker, writer);
        }
      }
      file = writer.finish().orElse(null);
    }

    /** Rows of one image stand one behind the other. */
    private void requireOnce(Row row) {
      if (several
          && before != null
          && before.getString(2).equals(row.getString(2))
          && before.getInt(3) != row.getInt(3)) {
        throw ConvoyException.data(
            "%s stands in two rows, with different labels: write all its labels into one",
            row.getString(2));
      }
      before = row;
    }

    /** Only the image's own bytes may be the reason to pass over it, never a store that fails. */
    private void add(Row row, ImageDecoder decoder, Shrinker shrinker, PackedFileWriter writer)
        throws IOException {
      String path = row.getString(2);
      DecodedImage image;
      byte[] encoded;
      try {
        byte[] stored = encoded(row);
        encoded = shrinker.shrink(stored, path, decoder);
        if (encoded != stored) {
          lookAt(path, decoder);
        }
        image = decoder.decode(encoded, path, 3);
        if (encoded == stored) {
          lookAt(path, decoder);
        }
      } catch (ConvoyException e) {
        if (e.kind() != ConvoyException.Kind.DATA) {
          throw e;
        }
        rejected.add(new Rejected(path, e.getMessage()));
        return;
      }
      pixels.add(image);
      int label = row.getInt(3);
      counts.set(label, counts.get(label) + 1);
      labels.add(label);
      widen(heights, image.height());
      widen(widths, image.width());
      writer.add(new PackedImage(encoded, label, path, image.height(), image.width()));
    }

    /** What a decoder has found in a file that it has read. */
    private void lookAt(String path, ImageDecoder decoder) {
      extraneous = decoder.extraneousBytes() > 0 ? extraneous.with(path) : extraneous;
      coarse = decoder.lacksScans() ? coarse.with(path) : coarse;
    }

    private byte[] encoded(Row row) {
      String location = row.getString(4);
      if (location != null) {
        return StoredFile.read(files, location, row.getLong(6));
      }
      byte[] image = row.getAs(5);
      if (image == null) {
        throw ConvoyException.data(
            "%s: the image has no bytes, or more than %d: scale it down, or take it away",
            row.getString(2), ImageRows.MOST_BYTES);
      }
      return image;
    }

    private static void widen(List<Integer> range, int value) {
      range.set(0, Math.min(range.get(0), value));
      range.set(1, Math.max(range.get(1), value));
    }

    private PackedPart part() {
      List<Rejected> first = rejected.subList(0, Math.min(NAMED, rejected.size()));
      return new PackedPart(
          number,
          file,
          counts,
          heights,
          widths,
          pixels.grey(),
          pixels.rgb(),
          rejected.size(),
          List.copyOf(first),
          extraneous,
          coarse);
    }
  }
}
