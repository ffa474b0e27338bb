package io.convoy.data.examine;

import io.convoy.data.FileDataSet;
import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.FileDigests;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A set of which each file was looked at.
 *
 * @param title what messages call it
 * @param images its files, in the order of samples
 * @param found what was found out about each
 */
public record ExaminedSet(
    String title, FileDataSet set, List<StoredImage> images, List<Examined> found) {
  public ExaminedSet {
    if (images.size() != found.size()) {
      throw new IllegalArgumentException(
          "%s files, %s of them examined".formatted(images.size(), found.size()));
    }
    images = List.copyOf(images);
    found = List.copyOf(found);
  }

  /** The names of the damaged files, in the order of samples. */
  public List<String> damaged() {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < images.size(); i++) {
      if (found.get(i).damaged()) {
        names.add(images.get(i).name());
      }
    }
    return List.copyOf(names);
  }

  /** Samples whose files are damaged. */
  long damagedSamples() {
    return found.stream().filter(Examined::damaged).count();
  }

  /** All that deserve a look, each file once: the damaged and the mislabelled. */
  public List<RejectedFile> rejected() {
    Map<String, RejectedFile> files = new LinkedHashMap<>();
    for (Examined file : found) {
      if (file.damaged()) {
        files.put(file.path(), new RejectedFile(file.path(), true, file.damage()));
      } else {
        file.mislabelled()
            .ifPresent(
                reason -> files.put(file.path(), new RejectedFile(file.path(), false, reason)));
      }
    }
    return new ArrayList<>(files.values());
  }

  /** SHA-256 of the files; the damaged ones are left out. */
  public FileDigests digests() {
    byte[] bytes = new byte[Math.multiplyExact(found.size(), FileDigests.LENGTH)];
    for (int i = 0; i < found.size(); i++) {
      if (!found.get(i).damaged()) {
        byte[] digest = HexFormat.of().parseHex(found.get(i).sha256());
        System.arraycopy(digest, 0, bytes, i * FileDigests.LENGTH, FileDigests.LENGTH);
      }
    }
    return new FileDigests(bytes);
  }

  /** Whether all images have this size, but for the damaged ones. */
  public boolean hasOneSize(int height, int width) {
    return found.stream()
        .allMatch(file -> file.damaged() || (file.height() == height && file.width() == width));
  }

  /** What the set is like, in a few sentences. */
  public List<String> inWords() {
    return new ExaminationReport(this).inWords();
  }
}
