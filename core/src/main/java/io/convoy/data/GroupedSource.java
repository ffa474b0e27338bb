package io.convoy.data;

import io.convoy.data.image.Background;
import io.convoy.data.image.DecoderPool;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encoded images that lie in row groups, each of which is read whole. A window has the groups of
 * its rows in memory; images are decoded when they are read from it, by as many threads as read.
 */
public abstract class GroupedSource implements SampleSource {
  /** Groups that stay in memory while no window has them open. */
  public static final int IDLE = GroupCache.IDLE;

  /** Row groups of a stream: those of its window and of the next one, at their borders too. */
  private static final int GROUPS_OF_A_STREAM = 4;

  private final RowGroups groups;
  private final int channels;

  /** Of every image; null where each has its own, or nobody knows. */
  private final Shape shape;

  /** Decoded images; null where they have no shape in common, or are too many. */
  private final KeptPixels kept;

  private final GroupCache cache = new GroupCache(this::read);
  private final DecoderPool decoders;

  /**
   * @param groups how the rows lie
   * @param shape of every image; null where each has its own, or nobody knows
   * @param keeps whether images that are read as they are stored stay in memory, where all fit
   * @param channels 1 for grey, 3 for RGB; images of the other kind are converted
   * @param background what is seen where an image is transparent
   */
  protected GroupedSource(
      RowGroups groups, Shape shape, boolean keeps, int channels, Background background) {
    this.groups = groups;
    this.shape = shape;
    this.channels = channels;
    kept =
        shape == null || !keeps
            ? null
            : KeptPixels.of(shape, groups.rows(), KeptPixels.LIMIT).orElse(null);
    decoders = new DecoderPool(background);
  }

  /**
   * The most bytes that windows of so many streams take while they are read.
   *
   * @param all bytes of all groups
   * @param largest bytes of the largest group
   */
  public static long windowMemory(long all, long largest, int streams) {
    return Math.min(all, ((long) GROUPS_OF_A_STREAM * streams + IDLE) * largest);
  }

  /**
   * Reads a group; by several threads at once, not the same one.
   *
   * @throws io.convoy.error.ConvoyException as {@link SampleWindow#read}
   */
  protected abstract ImageGroup read(int group);

  /** What the groups' numbers stand for. */
  protected LabelSets labelSets() {
    return LabelSets.SINGLE;
  }

  /** The number that a row has for its labels. */
  protected abstract int labelNumber(int row);

  @Override
  public final int label(int row) {
    if (severalLabels()) {
      throw ConvoyException.usage("%s must be of one class; it has several labels", describe(row));
    }
    return labelNumber(row);
  }

  @Override
  public final int[] labels(int row) {
    return labelSets().labels(labelNumber(row));
  }

  @Override
  public final boolean severalLabels() {
    return labelSets().areSeveral();
  }

  /** Decodes an image, in a source's own way; by several threads at once. */
  protected void decode(int row, byte[] image, String name, Framing framing, Pixels into) {
    ImageDecoder decoder = decoders.borrow();
    try {
      decoder.decode(image, name, channels, framing, into);
      if (decoder.transparent()) {
        onTransparent(row);
      }
    } finally {
      decoders.giveBack(decoder);
    }
  }

  /** Told of images that are transparent in places. */
  protected void onTransparent(int row) {
    // nobody has asked
  }

  /** Decodes an image; where it stays, once. */
  final void decode(int row, ImageGroup group, int place, Framing framing, Pixels into) {
    decode(row, group.image(place), group.names()[place], framing, into);
    if (kept != null && isStored(framing)) {
      kept.put(row, into);
    }
  }

  private boolean isStored(Framing framing) {
    return framing.view(shape.height(), shape.width()).isStored(shape.height(), shape.width());
  }

  /** Copies an image that lies decoded in memory; says whether it does, as a framing wants it. */
  final boolean copy(int row, Framing framing, Pixels into) {
    boolean copies = isDecoded(row) && isStored(framing);
    if (copies) {
      kept.read(row, into);
    }
    return copies;
  }

  /** Images are kept as they are read. */
  @Override
  public final boolean isDecoded(int row) {
    return kept != null && kept.has(row);
  }

  @Override
  public final Optional<Shape> commonShape() {
    return Optional.ofNullable(shape);
  }

  @Override
  public final RowGroups rowGroups() {
    return groups;
  }

  @Override
  public final int channels() {
    return channels;
  }

  /** Reads the groups in which the rows lie. */
  @Override
  public final SampleWindow open(int[] rows) {
    return new GroupWindow(this, rows);
  }

  /** The group of a row. */
  protected final int group(int row) {
    int from = 0;
    int to = groups.count() - 1;
    while (from < to) {
      int middle = (from + to + 1) >>> 1;
      if (groups.start(middle) <= row) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    return from;
  }

  /** Reads the groups in which they lie, one at a time. */
  @Override
  public List<String> names(int[] rows) {
    List<String> names = new ArrayList<>();
    for (int row : rows) {
      int group = group(row);
      names.add(cache.acquire(group).names()[row - groups.start(group)]);
      cache.release(group);
    }
    return names;
  }

  /** How many groups are in memory. */
  public final int groupsInMemory() {
    return cache.size();
  }

  final GroupCache cache() {
    return cache;
  }

  @Override
  public void close() {
    cache.clear();
    decoders.close();
  }
}
