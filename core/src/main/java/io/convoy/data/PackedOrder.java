package io.convoy.data;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The random order of a packed set: images go by their keys, and the range of keys is cut into
 * equal parts, one a file; each file is cut into row groups. A key is a function of seed and path
 * alone; so the order does not depend on who lists or computes what. All of it follows from the
 * images' paths and lengths: a folder can be read in the order of its pack without being packed.
 *
 * @param seed of the order
 * @param groupBytes the most bytes of a row group of several images, from 64 KiB to 1 GiB
 */
public record PackedOrder(long seed, long groupBytes) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** That of {@code convoy pack} without options: seed 0, row groups of 16 MiB. */
  public static final PackedOrder USUAL = new PackedOrder(0, 16L << 20);

  private static final long LEAST_GROUP = 1L << 16;
  private static final long LARGEST_GROUP = 1L << 30;
  private static final int KEY_BYTES = 16;
  private static final int GROUPS_OF_A_FILE = 16;

  /** Files that small sets have, so that several tasks share the work. */
  private static final int FEW_FILES = 8;

  private static final int MOST_FILES = 100_000;

  public PackedOrder {
    if (groupBytes < LEAST_GROUP || groupBytes > LARGEST_GROUP) {
      throw ConvoyException.usage(
          "row groups have %d to %d bytes; got %d", LEAST_GROUP, LARGEST_GROUP, groupBytes);
    }
  }

  /**
   * How many files there are.
   *
   * @param bytes of all images of the set's classes as the source says, the damaged ones too
   */
  public int files(long bytes) {
    long groups = Math.max(1, (bytes + groupBytes - 1) / groupBytes);
    long files = Math.max(groups / GROUPS_OF_A_FILE, Math.min(FEW_FILES, groups));
    return (int) Math.min(MOST_FILES, files);
  }

  /** The key of an image. */
  public byte[] key(String path) {
    MessageDigest digest = Sha256.digest();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
    digest.update(path.getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(digest.digest(), KEY_BYTES);
  }

  /** The file of an image, from 0. */
  public static int file(byte[] key, int files) {
    long first = Integer.toUnsignedLong(ByteBuffer.wrap(key).getInt());
    return (int) ((first * files) >>> Integer.SIZE);
  }

  /**
   * W of a set of so many rows: as many as a row group has on the average, at most as elsewhere.
   */
  public static int window(long rows, int groups) {
    return (int) Math.max(1, Math.min(RowGroups.WINDOW, rows / groups));
  }

  private record Keyed(byte[] key, StoredImage image) {}

  /** Images in this order, by their names; one that stands there twice goes by its labels. */
  public List<StoredImage> sorted(List<StoredImage> images) {
    List<Keyed> keyed = new ArrayList<>(images.size());
    images.forEach(image -> keyed.add(new Keyed(key(image.name()), image)));
    keyed.sort(
        Comparator.comparing(Keyed::key, Arrays::compareUnsigned)
            .thenComparingInt(one -> one.image().label()));
    return keyed.stream().map(Keyed::image).toList();
  }

  /**
   * The row groups of a pack.
   *
   * @param images that it has, in this order, at least one
   * @param files how many it has
   */
  public RowGroups groups(List<StoredImage> images, int files) {
    List<Integer> sizes = new ArrayList<>();
    GroupCut cut = new GroupCut(groupBytes);
    int file = -1;
    int rows = 0;
    for (StoredImage image : images) {
      int next = file(key(image.name()), files);
      if (next != file) {
        cut = new GroupCut(groupBytes);
      }
      boolean ends = cut.endsBefore(GroupCut.rowBytes(image.name(), image.length()));
      if (rows > 0 && (ends || next != file)) {
        sizes.add(rows);
        rows = 0;
      }
      file = next;
      rows++;
    }
    sizes.add(rows);
    return RowGroups.of(
        sizes.stream().mapToInt(Integer::intValue).toArray(), window(images.size(), sizes.size()));
  }
}
