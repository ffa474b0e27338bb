package io.convoy.data.examine;

import io.convoy.data.FileDataSet;
import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.FileStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Examines sets: looks at each file that is not known, and says what the set is like.
 *
 * <pre>{@code
 * FileStore files = new LocalFiles();
 * ExaminedSet set =
 *     new Examination(files, new ExaminedFiles(), new LookHere(files, 4), ExaminationListener.NONE)
 *         .of("training set", new FolderDataSet("images/train", 3));
 * DamageRule.REFUSE.require(List.of(set), "");
 * SampleSource source = set.set().open(files, set.digests());
 * }</pre>
 *
 * @param known what is known already; what is found out is added
 * @param look who looks at the others
 */
public record Examination(
    FileStore files, ExaminedFiles known, Look look, ExaminationListener listener) {
  /** Files after which what is known may be written down: some minutes' work. */
  private static final int ROUND = 50_000;

  /**
   * Examines a set.
   *
   * @param title of the set, for messages
   * @throws io.convoy.error.ConvoyException when it cannot be listed, or a file not be read
   */
  public ExaminedSet of(String title, FileDataSet set) {
    return of(title, set, set.images(files));
  }

  /**
   * Likewise, where its files are listed already.
   *
   * @param images by {@link FileDataSet#images}
   */
  public ExaminedSet of(String title, FileDataSet set, List<StoredImage> images) {
    List<StoredImage> unknown = unknown(images);
    Count count = new Count(unknown.size());
    for (int from = 0; from < unknown.size(); from += ROUND) {
      look.at(set, unknown.subList(from, Math.min(from + ROUND, unknown.size())), count::add);
      listener.onKnown(known);
    }
    List<Examined> found = new ArrayList<>(images.size());
    for (StoredImage image : images) {
      found.add(known.of(image).orElseThrow());
    }
    return new ExaminedSet(title, set, images, found);
  }

  private List<StoredImage> unknown(List<StoredImage> images) {
    Map<String, StoredImage> unknown = new LinkedHashMap<>();
    for (StoredImage image : images) {
      if (known.of(image).isEmpty()) {
        unknown.put(image.path(), image);
      }
    }
    return List.copyOf(unknown.values());
  }

  /** Files that were looked at. */
  private final class Count {
    private final long total;
    private long done;

    Count(long total) {
      this.total = total;
    }

    synchronized void add(Examined found) {
      known.add(found);
      done++;
      listener.onExamination(done, total);
    }
  }
}
