package io.convoy.pack.job;

import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.pack.LabelsFile;
import io.convoy.pack.PackedFile;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.WholeFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a set while it is made: its files, and below {@value #PARTS} what each of them
 * holds. A file whose description is there is whole; a job that was killed goes on behind these.
 */
final class PartFolder {
  static final String PARTS = ".parts";

  /** A million row groups of one file, and then some. */
  private static final int MOST_BYTES = 1 << 28;

  private final StoreFolder folder;
  private final WholeFiles whole;

  PartFolder(StoreFolder folder) {
    this.folder = folder;
    whole = new WholeFiles(folder, 0);
  }

  /** Puts a file in place. */
  void write(int number, StoreFolder.Content content) throws IOException {
    whole.replace(folder.path(PackedFile.name(number)), content);
  }

  /**
   * Says what a file holds, which makes it whole; one without rows goes.
   *
   * @param labels of its rows
   */
  void finish(PackedPart part, List<Rejected> rejected, byte[] labels) throws IOException {
    if (part.file() == null) {
      folder.fileSystem().delete(folder.path(PackedFile.name(part.number())), false);
    }
    if (!rejected.isEmpty()) {
      whole.replace(
          rejections(part.number()),
          out -> {
            for (Rejected image : rejected) {
              out.write(Json.bytes(image));
              out.write('\n');
            }
          });
    }
    whole.replace(labels(part.number()), out -> out.write(labels));
    whole.replace(description(part.number()), out -> out.write(Json.bytes(part)));
  }

  private Path description(int number) {
    return new Path(folder.path(PARTS), String.format(Locale.ROOT, "part-%05d.json", number));
  }

  private Path labels(int number) {
    return new Path(folder.path(PARTS), String.format(Locale.ROOT, "labels-%05d.bin", number));
  }

  /**
   * Writes the file of all labels.
   *
   * @param parts in the order of their rows
   * @return its SHA-256
   */
  String joinLabels(List<PackedPart> parts) throws IOException {
    String[] digest = new String[1];
    whole.replace(
        folder.path(LabelsFile.NAME),
        out -> {
          LabelsFile file = new LabelsFile(out);
          for (PackedPart part : parts) {
            file.add(folder.read(labels(part.number()), MOST_BYTES));
          }
          digest[0] = file.sha256();
        });
    return digest[0];
  }

  /** The lines of the images that were to be in a file and cannot be read. */
  Path rejections(int number) {
    return new Path(folder.path(PARTS), String.format(Locale.ROOT, "rejected-%05d.jsonl", number));
  }

  /** What is whole already. */
  List<PackedPart> finished() throws IOException {
    List<PackedPart> parts = new ArrayList<>();
    for (String name : folder.names(folder.path(PARTS))) {
      if (name.startsWith("part-") && name.endsWith(".json")) {
        Path path = new Path(folder.path(PARTS), name);
        parts.add(Json.readFile(folder.read(path, MOST_BYTES), PackedPart.class, path.toString()));
      }
    }
    return parts;
  }

  /** Takes away what only the making needs, and what an attempt that was killed has left. */
  void clean() throws IOException {
    folder.fileSystem().delete(folder.path(PARTS), true);
    for (String name : folder.names(folder.root())) {
      if (name.startsWith(".tmp-")) {
        folder.fileSystem().delete(folder.path(name), false);
      }
    }
  }

  StoreFolder folder() {
    return folder;
  }

  /** Puts a small file of the set in place. */
  void write(String name, byte[] bytes) throws IOException {
    whole.replace(folder.path(name), out -> out.write(bytes));
  }

  ConvoyException unwritable(int number, IOException error) {
    return folder.unwritable(
        "write",
        folder.path(PackedFile.name(number)),
        error,
        "look after the store, and start the command again: it goes on from what is there");
  }
}
