package io.convoy.data.reader;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.FileDigests;
import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
import io.convoy.data.IndexedSource;
import io.convoy.data.StoredFile;
import io.convoy.data.examine.ExaminedFiles;
import io.convoy.data.image.Background;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open {@link FolderDataSet}. Images are decoded when they are first read, by as many threads as
 * read, each with a decoder of its own. The pixels are kept where all images have one size and all
 * of them fit the limit; where each has its own, each read decodes.
 */
final class FolderSource implements IndexedSource {
  private static final Logger LOG = LoggerFactory.getLogger(FolderSource.class);

  private final FileStore files;
  private final List<String> classes;
  private final StoredImage[] samples;
  // by number, where they are known before the files are read; else none
  private final FileDigests known;
  private final List<String> leftOut;
  private final int channels;
  // of every image; null where each has its own
  private final Shape shape;
  // what the first image is called where it says the shape; else empty
  private final String model;
  private final int imageBytes;
  // all decoded images, or null when they are too many to keep
  private final byte[] cache;
  // SHA-256 of a file; once set, the image's pixels are in the cache (if there is one)
  private final AtomicReferenceArray<byte[]> digests;
  private final DecoderPool decoders;
  private String fingerprint;
  private final Background background;
  // the numbers of images that are transparent in places
  private final ConcurrentSkipListSet<Integer> transparent = new ConcurrentSkipListSet<>();
  private final AtomicBoolean told = new AtomicBoolean();

  FolderSource(
      FolderDataSet dataSet,
      FileStore files,
      LabelledImages found,
      FileDigests known,
      long cacheLimit) {
    this.background = dataSet.background();
    this.decoders = new DecoderPool(background);
    this.files = files;
    this.classes = List.copyOf(found.classes());
    this.samples = found.samples().toArray(new StoredImage[0]);
    this.leftOut = List.copyOf(found.notes());
    this.known = known.count() == samples.length ? known : FileDigests.NONE;
    this.channels = dataSet.channels();
    this.digests = new AtomicReferenceArray<>(this.samples.length);
    this.shape = dataSet.anySize() ? null : shape(dataSet);
    this.model = dataSet.height() > 0 ? "" : this.samples[0].path();
    this.imageBytes = shape == null ? 0 : shape.elements();
    long decoded = (long) imageBytes * this.samples.length;
    boolean kept = shape != null && decoded <= Math.min(cacheLimit, Integer.MAX_VALUE - 64);
    this.cache = kept ? take(decoded) : null;
  }

  private Shape shape(FolderDataSet dataSet) {
    if (dataSet.height() > 0) {
      return Shape.of(dataSet.height(), dataSet.width(), dataSet.channels());
    }
    String path = samples[0].path();
    try (ImageDecoder decoder = new ImageDecoder()) {
      ImageDecoder.Size size = decoder.size(StoredFile.read(files, path), path);
      return Shape.of(size.height(), size.width(), dataSet.channels());
    }
  }

  /** The cache; null on a heap that has no room for it, where each read decodes. */
  private static byte[] take(long bytes) {
    return bytes <= Runtime.getRuntime().maxMemory() / 4 ? new byte[(int) bytes] : null;
  }

  @Override
  public int size() {
    return samples.length;
  }

  @Override
  public Optional<Shape> commonShape() {
    return Optional.ofNullable(shape);
  }

  @Override
  public int channels() {
    return channels;
  }

  /** Images are kept as they are read; with the fingerprint all of them have been. */
  @Override
  public boolean inMemory() {
    return cache != null;
  }

  @Override
  public boolean isDecoded(int index) {
    return cache != null && digests.getAcquire(index) != null;
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
    return new ClassLabel(samples[index].label());
  }

  /**
   * What is not taken as it is stored is decoded for that: a decoder may give other pixels at a
   * smaller scale than would come of those that are kept.
   */
  @Override
  public void read(int index, Framing framing, Pixels into) {
    boolean kept =
        cache != null
            && framing.view(shape.height(), shape.width()).isStored(shape.height(), shape.width());
    if (!kept) {
      byte[] encoded = decode(index, framing, into);
      if (cache == null) {
        keepDigest(index, encoded);
      }
      return;
    }
    if (digests.getAcquire(index) == null) {
      keep(index, into);
      return;
    }
    System.arraycopy(cache, index * imageBytes, into.room(shape), 0, imageBytes);
  }

  /**
   * Decodes an image, and puts it into the cache. Two threads may do so at once: both write the
   * same bytes, and readers look only after the digest is set.
   */
  private void keep(int index, Pixels into) {
    byte[] encoded = decode(index, Framing.STORED, into);
    if (digests.getAcquire(index) == null) {
      System.arraycopy(into.bytes(), 0, cache, index * imageBytes, imageBytes);
      keepDigest(index, encoded);
    }
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
          checkSize(height, width, path);
          return framing.view(height, width);
        };
    ImageDecoder decoder = decoders.borrow();
    try {
      decoder.decode(encoded, path, channels, checked, into);
      if (decoder.transparent()) {
        tell(index);
      }
    } finally {
      decoders.giveBack(decoder);
    }
    return encoded;
  }

  private void checkSize(int height, int width, String path) {
    if (shape != null && (height != shape.height() || width != shape.width())) {
      throw ConvoyException.data(
          "%s: without data.size every image must have the same size: this one is %dx%d pixels"
              + " (height x width), %s %dx%d; set data.size in the recipe, which has images brought"
              + " to a size, or scale them",
          path,
          height,
          width,
          model.isEmpty() ? "expected" : model + " is",
          shape.height(),
          shape.width());
    }
  }

  @Override
  public synchronized String fingerprint() {
    if (fingerprint == null) {
      Fingerprint sum = frame();
      Pixels scratch = new Pixels();
      for (int index = 0; index < samples.length; index++) {
        byte[] digest = digest(index, scratch);
        sum.add(samples[index].name()).add(samples[index].label());
        sum.add(digest, 0, digest.length);
      }
      fingerprint = sum.hex();
      tellAll();
    }
    return fingerprint;
  }

  /** Where sizes differ, they follow from the files. */
  private Fingerprint frame() {
    return shape == null
        ? new Fingerprint().addFrame(this, 0, 0, channels)
        : new Fingerprint().addFrame(this, shape);
  }

  /** Said once: of all images where they are kept, else as the first one is met. */
  private void tell(int index) {
    if (cache != null) {
      transparent.add(index);
    } else if (told.compareAndSet(false, true)) {
      LOG.info(
          "{} is transparent in places, as others may be: {} is seen there (data.background)",
          samples[index].path(),
          background);
    }
  }

  private void tellAll() {
    if (!transparent.isEmpty()) {
      LOG.info(
          "{} of {} images are transparent in places, such as {}: {} is seen there"
              + " (data.background)",
          transparent.size(),
          samples.length,
          samples[transparent.first()].path(),
          background);
    }
  }

  private byte[] digest(int index, Pixels scratch) {
    byte[] read = digests.getAcquire(index);
    if (read != null) {
      return read;
    }
    // with a cache the file is read once for both ends
    if (cache != null) {
      keep(index, scratch);
      return digests.getAcquire(index);
    }
    return known.count() > 0
        ? known.of(index)
        : Sha256.digest().digest(StoredFile.read(files, samples[index].path()));
  }

  @Override
  public void close() {
    decoders.close();
  }
}
