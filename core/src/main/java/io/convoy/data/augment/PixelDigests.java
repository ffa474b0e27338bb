package io.convoy.data.augment;

import io.convoy.data.ChannelSums;
import io.convoy.data.SampleSource;
import io.convoy.data.image.Pixels;
import io.convoy.digest.Sha256;
import io.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * SHA-256 of each image of a set as it is decoded, with its shape: 32 bytes an image. Two images
 * are equal where these are, whatever their files are. {@link TrainingPixels#digests} makes it.
 */
public final class PixelDigests {
  /** Bytes of a digest. */
  private static final int BYTES = 32;

  /** Digests that lie in one array. */
  private static final int BLOCK = 1 << 16;

  private final int size;
  private final byte[][] blocks;
  private final PixelCounts[] counts;
  private final MessageDigest[] digests;
  private ChannelSums sums;

  PixelDigests(SampleSource source, int threads) {
    size = source.size();
    blocks = new byte[(size - 1) / BLOCK + 1][];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = new byte[BYTES * Math.min(BLOCK, size - i * BLOCK)];
    }
    counts = PixelCounts.ofThreads(source.channels(), threads);
    digests = Stream.generate(Sha256::digest).limit(threads).toArray(MessageDigest[]::new);
  }

  void take(Pixels image, int row, int thread) {
    counts[thread].add(image);
    MessageDigest digest = digests[thread];
    Shape shape = image.shape();
    for (int extent : shape.toArray()) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, extent));
    }
    digest.update(image.bytes(), 0, shape.elements());
    try {
      digest.digest(blocks[row / BLOCK], BYTES * (row % BLOCK), BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("cannot happen: there is room for 32 bytes", e);
    }
  }

  /** The number of images. */
  public int size() {
    return size;
  }

  /** The first bytes of an image's digest, as a number. */
  public int hash(int row) {
    return ByteBuffer.wrap(blocks[row / BLOCK]).getInt(BYTES * (row % BLOCK));
  }

  /** Whether two images have the same pixels. */
  public boolean equal(int row, PixelDigests others, int other) {
    int from = BYTES * (row % BLOCK);
    int otherFrom = BYTES * (other % BLOCK);
    return Arrays.equals(
        blocks[row / BLOCK],
        from,
        from + BYTES,
        others.blocks[other / BLOCK],
        otherFrom,
        otherFrom + BYTES);
  }

  /** The sums of all pixels. */
  public ChannelSums sums() {
    if (sums == null) {
      sums = PixelCounts.sums(counts);
    }
    return sums;
  }
}
