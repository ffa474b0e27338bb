package io.convoy.data.reader;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.FileDigests;
import io.convoy.data.FileStore;
import io.convoy.data.IndexedSource;
import io.convoy.data.KeptPixels;
import io.convoy.data.LabelSets;
import io.convoy.data.PackedOrder;
import io.convoy.data.RowGroups;
import io.convoy.data.StoredFile;
import io.convoy.data.examine.ExaminedFiles;
import io.convoy.data.examine.OneSize;
import io.convoy.data.image.DecoderPool;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * An open {@link FolderDataSet}. Images are decoded when they are first read, by as many threads as
 * read, each with a decoder of its own. The pixels are kept where all images have one size and all
 * of them fit the limit; where each has its own, each read decodes.
 */
final class FolderSource implements IndexedSource {
  private final FileStore files;
  private final List<String> classes;
  private final LabelSets sets;
  private final StoredImage[] samples;
  // by number, where they are known before the files are read; else none
  private final FileDigests known;
  private final List<String> leftOut;
  // of a pack; null where files go by their names
  private final PackedOrder order;
  private final RowGroups groups;
  private final int channels;
  // of every image; null where each has its own
  private final Shape shape;
  // that of the shape
  private final OneSize size;
  // decoded images; null where each has its own size, or they are too many to keep
  private final KeptPixels kept;
  // SHA-256 of the files that were read
  private final AtomicReferenceArray<byte[]> digests;
  private final DecoderPool decoders;
  private String fingerprint;
  private final TransparentImages transparent;

  FolderSource(
      FolderDataSet dataSet,
      FileStore files,
      LabelledImages found,
      FileDigests known,
      long cacheLimit) {
    this.decoders = new DecoderPool(dataSet.background());
    this.files = files;
    FileDigests theirs = known.count() == found.samples().size() ? known : FileDigests.NONE;
    LabelledImages whole = found.whole(theirs);
    this.classes = List.copyOf(whole.classes());
    this.sets = whole.sets();
    this.samples = whole.samples().toArray(new StoredImage[0]);
    this.leftOut = List.copyOf(whole.notes());
    this.known = theirs.whole();
    this.order = dataSet.order();
    this.groups =
        order == null
            ? RowGroups.single(samples.length)
            : order.groups(whole.samples(), order.files(found.bytes()));
    this.channels = dataSet.channels();
    this.digests = new AtomicReferenceArray<>(this.samples.length);
    this.shape = dataSet.anySize() ? null : shape(dataSet);
    String model = dataSet.height() > 0 ? "" : this.samples[0].path();
    this.size = shape == null ? null : new OneSize(shape.height(), shape.width(), model);
    this.kept =
        shape == null ? null : KeptPixels.of(shape, samples.length, cacheLimit).orElse(null);
    boolean all = kept != null && this.known.count() == 0;
    this.transparent = new TransparentImages(samples, dataSet.background(), all);
  }

  private Shape shape(FolderDataSet dataSet) {
    if (dataSet.height() > 0) {
      return Shape.of(dataSet.height(), dataSet.width(), dataSet.channels());
    }
    String path = samples[0].path();
    try (ImageDecoder decoder = new ImageDecoder()) {
      ImageDecoder.Size first = decoder.size(StoredFile.read(files, path), path);
      return Shape.of(first.height(), first.width(), dataSet.channels());
    }
  }

  @Override
  public RowGroups rowGroups() {
    return groups;
  }

  @Override
  public Optional<Shape> commonShape() {
    return Optional.ofNullable(shape);
  }

  @Override
  public int channels() {
    return channels;
  }

  /** Images are kept as they are read. */
  @Override
  public boolean isDecoded(int index) {
    return kept != null && kept.has(index);
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public List<String> leftOut() {
    return leftOut;
  }

  @Override
  public String describe(int index) {
    return samples[index].path();
  }

  @Override
  public Target target(int index) {
    return sets.target(samples[index].label());
  }

  @Override
  public int[] labels(int index) {
    return sets.labels(samples[index].label());
  }

  @Override
  public boolean severalLabels() {
    return sets.areSeveral();
  }

  /**
   * What is not taken as it is stored is decoded for that: a decoder may give other pixels at a
   * smaller scale than would come of those that are kept.
   */
  @Override
  public void read(int index, Framing framing, Pixels into) {
    boolean stored =
        kept != null
            && framing.view(shape.height(), shape.width()).isStored(shape.height(), shape.width());
    if (!stored) {
      keepDigest(index, decode(index, framing, into));
    } else if (kept.has(index)) {
      kept.read(index, into);
    } else {
      keep(index, into);
    }
  }

  private void keep(int index, Pixels into) {
    keepDigest(index, decode(index, Framing.STORED, into));
    kept.put(index, into);
  }

  private void keepDigest(int index, byte[] encoded) {
    if (digests.getAcquire(index) == null) {
      byte[] digest = Sha256.digest().digest(encoded);
      requireKnown(index, digest);
      digests.setRelease(index, digest);
    }
  }

  private void requireKnown(int index, byte[] digest) {
    if (known.count() > 0 && !Arrays.equals(known.of(index), digest)) {
      throw ConvoyException.data(
          "%s: the file holds other bytes than when it was examined: leave the images as they are"
              + " while they are trained on, and where all executors see the same; if nobody"
              + " changed it since, delete %s beside it and start again",
          samples[index].path(), ExaminedFiles.NAME);
    }
  }

  /** Decodes an image; returns its file's bytes. */
  private byte[] decode(int index, Framing framing, Pixels into) {
    String path = samples[index].path();
    byte[] encoded = StoredFile.read(files, path);
    Framing checked =
        (height, width) -> {
          if (size != null) {
            size.require(height, width, path);
          }
          return framing.view(height, width);
        };
    ImageDecoder decoder = decoders.borrow();
    try {
      decoder.decode(encoded, path, channels, checked, into);
      if (decoder.transparent()) {
        transparent.add(index);
      }
    } finally {
      decoders.giveBack(decoder);
    }
    return encoded;
  }

  @Override
  public synchronized String fingerprint() {
    if (fingerprint == null) {
      // in a pack's order, it follows from the groups
      SampleFingerprint sum = new SampleFingerprint(this, order != null);
      Pixels scratch = new Pixels();
      for (int index = 0; index < samples.length; index++) {
        sum.add(samples[index], labels(index), digest(index, scratch));
      }
      fingerprint = sum.hex();
      transparent.tellAll();
    }
    return fingerprint;
  }

  private byte[] digest(int index, Pixels scratch) {
    byte[] read = digests.getAcquire(index);
    if (read != null) {
      return read;
    }
    if (known.count() > 0) {
      return known.of(index);
    }
    // what is kept is read once for both ends
    if (kept != null) {
      keep(index, scratch);
      return digests.getAcquire(index);
    }
    return Sha256.digest().digest(StoredFile.read(files, samples[index].path()));
  }

  @Override
  public void close() {
    decoders.close();
  }
}
