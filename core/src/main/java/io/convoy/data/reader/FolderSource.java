package io.convoy.data.reader;

import io.convoy.data.Background;
import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
import io.convoy.data.IndexedSource;
import io.convoy.data.Pixels;
import io.convoy.data.StoredFile;
import io.convoy.data.image.DecodedImage;
import io.convoy.data.image.ImageDecoder;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open {@link FolderDataSet}. Images are decoded when they are first read, by as many threads as
 * read, each with a decoder of its own; the pixels are kept where all of them fit the limit.
 */
final class FolderSource implements IndexedSource {
  private static final Logger LOG = LoggerFactory.getLogger(FolderSource.class);

  private final FileStore files;
  private final List<String> classes;
  private final FolderDataSet.Sample[] samples;
  private final List<String> leftOut;
  private final Shape shape;
  private final int imageBytes;
  // all decoded images, or null when they are too many to keep
  private final byte[] cache;
  // SHA-256 of a file; once set, the image's pixels are in the cache (if there is one)
  private final AtomicReferenceArray<byte[]> digests;
  private final Deque<ImageDecoder> idle = new ArrayDeque<>();
  private boolean closed;
  private String fingerprint;
  private final Background background;
  // the numbers of images that are transparent in places
  private final ConcurrentSkipListSet<Integer> transparent = new ConcurrentSkipListSet<>();
  private final AtomicBoolean told = new AtomicBoolean();

  FolderSource(
      FolderDataSet dataSet,
      FileStore files,
      List<String> classes,
      List<FolderDataSet.Sample> samples,
      List<String> leftOut,
      long cacheLimit) {
    this.background = dataSet.background();
    this.files = files;
    this.classes = List.copyOf(classes);
    this.samples = samples.toArray(new FolderDataSet.Sample[0]);
    this.leftOut = List.copyOf(leftOut);
    this.shape = shape(dataSet);
    this.imageBytes = shape.elements();
    this.digests = new AtomicReferenceArray<>(this.samples.length);
    long decoded = (long) imageBytes * this.samples.length;
    this.cache = decoded <= Math.min(cacheLimit, Integer.MAX_VALUE - 64) ? take(decoded) : null;
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
    return Optional.of(shape);
  }

  /** Images are kept as they are read; with the fingerprint all of them have been. */
  @Override
  public boolean inMemory() {
    return cache != null;
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
  public Target target(int index) {
    return new ClassLabel(samples[index].label());
  }

  @Override
  public void read(int index, Pixels into) {
    byte[] pixels = into.room(shape);
    if (cache == null) {
      System.arraycopy(decode(index), 0, pixels, 0, imageBytes);
      return;
    }
    if (digests.getAcquire(index) == null) {
      decode(index);
    }
    System.arraycopy(cache, index * imageBytes, pixels, 0, imageBytes);
  }

  /**
   * Decodes an image, into the cache where there is one. Two threads may do so at once: both write
   * the same bytes, and readers look only after the digest is set.
   */
  private byte[] decode(int index) {
    String path = samples[index].path();
    byte[] encoded = StoredFile.read(files, path);
    ImageDecoder decoder = borrow();
    DecodedImage image;
    try {
      checkSize(decoder.size(encoded, path), path);
      image = decoder.decode(encoded, path, shape.channels());
    } finally {
      giveBack(decoder);
    }
    byte[] pixels = image.pixels();
    if (image.transparent()) {
      tell(index);
    }
    if (digests.getAcquire(index) == null) {
      if (cache != null) {
        System.arraycopy(pixels, 0, cache, index * imageBytes, imageBytes);
      }
      digests.setRelease(index, Sha256.digest().digest(encoded));
    }
    return pixels;
  }

  private void checkSize(ImageDecoder.Size size, String path) {
    if (size.height() != shape.height() || size.width() != shape.width()) {
      throw ConvoyException.data(
          "%s: every image must have the same size: this one is %dx%d pixels (height x width),"
              + " expected %dx%d; scale it, or take it away",
          path, size.height(), size.width(), shape.height(), shape.width());
    }
  }

  private ImageDecoder borrow() {
    synchronized (idle) {
      ImageDecoder decoder = idle.poll();
      return decoder == null ? new ImageDecoder(background) : decoder;
    }
  }

  private void giveBack(ImageDecoder decoder) {
    synchronized (idle) {
      if (closed) {
        decoder.close();
      } else {
        idle.push(decoder);
      }
    }
  }

  @Override
  public synchronized String fingerprint() {
    if (fingerprint == null) {
      Fingerprint sum = new Fingerprint().addFrame(this, shape);
      for (int index = 0; index < samples.length; index++) {
        byte[] digest = digest(index);
        sum.add(samples[index].name()).add(samples[index].label());
        sum.add(digest, 0, digest.length);
      }
      fingerprint = sum.hex();
      tellAll();
    }
    return fingerprint;
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

  private byte[] digest(int index) {
    byte[] known = digests.getAcquire(index);
    if (known != null) {
      return known;
    }
    // with a cache the file is read once for both ends
    if (cache != null) {
      decode(index);
      return digests.getAcquire(index);
    }
    return Sha256.digest().digest(StoredFile.read(files, samples[index].path()));
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(ImageDecoder::close);
      idle.clear();
    }
  }
}
