package io.convoy.pack;

import io.convoy.data.ChannelSums;
import io.convoy.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A packed set that is written without Spark: rows as they come, cut into files. */
final class WrittenPack {
  private WrittenPack() {}

  /**
   * Writes a set.
   *
   * @param images the rows of each file
   */
  static PackDescription write(
      Path folder,
      List<String> classes,
      long groupBytes,
      int window,
      List<List<PackedImage>> images) {
    List<PackedFile> files = new ArrayList<>();
    List<Long> counts = new ArrayList<>(Collections.nCopies(classes.size(), 0L));
    try {
      Files.createDirectories(folder);
      for (List<PackedImage> rows : images) {
        String name = PackedFile.name(files.size());
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
          PackedFileWriter writer = new PackedFileWriter(out, name, groupBytes);
          for (PackedImage row : rows) {
            writer.add(row);
            counts.set(row.label(), counts.get(row.label()) + 1);
          }
          files.add(writer.finish().orElseThrow());
        }
      }
      PackDescription description =
          description(classes, window, files, counts, labels(folder, classes, images));
      Files.write(folder.resolve("dataset.json"), Json.lines(description));
      return description;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As docs/packs.md says: for so few classes, one byte a row. */
  private static String labels(Path folder, List<String> classes, List<List<PackedImage>> images)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("labels.bin"))) {
      LabelsFile file = new LabelsFile(out);
      for (List<PackedImage> rows : images) {
        int[] labels = rows.stream().mapToInt(PackedImage::label).toArray();
        file.add(LabelsFile.part(labels, classes.size()));
      }
      return file.sha256();
    }
  }

  private static PackDescription description(
      List<String> classes,
      int window,
      List<PackedFile> files,
      List<Long> counts,
      String labelsSha256) {
    // sums that no image has: who takes them, takes them from here
    PackedSums sums =
        PackedSums.of(
            new ChannelSums(
                4,
                Collections.nCopies(3, BigInteger.valueOf(510)),
                Collections.nCopies(3, BigInteger.valueOf(130050))));
    return new PackDescription(
        PackDescription.FORMAT,
        0,
        classes,
        counts,
        null,
        counts.stream().mapToLong(Long::longValue).sum(),
        null,
        null,
        window,
        sums,
        sums,
        PackDescription.fingerprint(classes, null, window, files),
        labelsSha256,
        files);
  }
}
