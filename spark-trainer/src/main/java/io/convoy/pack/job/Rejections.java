package io.convoy.pack.job;

import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.pack.RejectedList;
import io.convoy.storage.StoreFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * What becomes of images that cannot be read.
 *
 * @param out the folder of the packed sets, for messages
 */
record Rejections(PackOptions options, String out) {
  private static final int NAMED = 10;

  /**
   * Writes the list of each set that has some.
   *
   * @throws ConvoyException of kind DATA when they are more than the options allow
   */
  void write(List<PackResult> results, PackListener listener) {
    for (PackResult result : results) {
      if (result.rejected() > 0) {
        writeList(result);
      }
    }
    for (PackResult result : results) {
      judge(result, listener);
    }
  }

  private void judge(PackResult result, PackListener listener) {
    long rejected = result.rejected();
    String place = result.folder().folder().path(RejectedList.FILE).toString();
    if (!options.damaged().allows(rejected, result.images())) {
      String remedy =
          switch (options.damaged().damaged()) {
            case REFUSE -> ": mend them, take them away, or leave them out by --damaged skip";
            case SKIP ->
                ", more than --max-damaged (%s) allows: mend them, take them away, or allow more"
                    .formatted(options.damaged().limit());
          };
      throw ConvoyException.data(
          "%s: %d of %d images are damaged%s; nothing is packed (%s names all of them): %s",
          result.set().input().place(), rejected, result.images(), remedy, place, first(result));
    }
    if (result.packed() == 0) {
      throw ConvoyException.data(
          "%s: no image can be read: %s", result.set().input().place(), first(result));
    }
    if (rejected > 0) {
      listener.say(
          "%s: left out %s of %s images as damaged; %s/%s names all of them: %s"
              .formatted(
                  result.set().input().place(),
                  rejected,
                  result.images(),
                  result.set().name().isEmpty() ? out : out + "/" + result.set().name(),
                  RejectedList.FILE,
                  first(result)));
    }
  }

  private static String first(PackResult result) {
    String named =
        result.parts().stream()
            .flatMap(part -> part.firstRejected().stream())
            .limit(NAMED)
            .map(Rejected::reason)
            .collect(Collectors.joining("; "));
    return result.rejected() > NAMED ? named + "; and more" : named;
  }

  /** From the lines that the tasks have left, one after the other. */
  private static void writeList(PackResult result) {
    StoreFolder folder = result.folder().folder();
    Path file = folder.path(RejectedList.FILE);
    try {
      folder.write(
          file,
          out -> {
            try (RejectedList list = new RejectedList(out)) {
              for (PackedPart part : result.parts()) {
                if (part.rejected() > 0) {
                  copy(folder, result.folder().rejections(part.number()), list);
                }
              }
            }
          });
    } catch (IOException e) {
      throw folder.unwritable("write", file, e, "start the command again");
    }
  }

  private static void copy(StoreFolder folder, Path lines, RejectedList list) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(folder.fileSystem().open(lines), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        byte[] json = line.getBytes(StandardCharsets.UTF_8);
        Rejected image = Json.read(json, Rejected.class, lines.toString());
        list.add(image.path(), image.reason());
      }
    }
  }
}
