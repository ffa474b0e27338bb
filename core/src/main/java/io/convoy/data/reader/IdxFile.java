package io.convoy.data.reader;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.image.FileKind;
import io.convoy.error.ConvoyException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * One file of unsigned bytes in the IDX format of the MNIST database (yann.lecun.com/exdb/mnist):
 * the magic {@code 0, 0, 8, rank}, the extents as big-endian 32-bit numbers, then the bytes in row
 * order. Compressed by gzip or not, which its first two bytes tell.
 *
 * @param extents one to four positive numbers
 * @param bytes the file's uncompressed bytes, or the data alone
 * @param offset where the data begin in {@code bytes}
 */
record IdxFile(int[] extents, byte[] bytes, int offset) {
  private static final int UNSIGNED_BYTE = 8;
  private static final Map<Byte, String> OTHER_TYPES =
      Map.of(
          (byte) 0x09, "signed bytes",
          (byte) 0x0B, "16-bit numbers",
          (byte) 0x0C, "32-bit numbers",
          (byte) 0x0D, "32-bit floating-point numbers",
          (byte) 0x0E, "64-bit floating-point numbers");
  private static final int LARGEST = Integer.MAX_VALUE - 64;
  // deflate spends at least one bit on 129 bytes (RFC 1951: the longest match, twice per two bits)
  private static final long LARGEST_DEFLATE_RATIO = 1032;

  /**
   * Reads and checks a whole file. The extents are held against the file's length before memory is
   * taken for the data.
   *
   * @param what what it holds, for messages ("images")
   * @param ranks the ranks allowed
   */
  static IdxFile read(FileStore files, String path, String what, int... ranks) {
    byte[] stored = StoredFile.read(files, path);
    if (stored.length >= 2 && (stored[0] & 0xFF) == 0x1F && (stored[1] & 0xFF) == 0x8B) {
      return inflate(stored, path, what, ranks);
    }
    int[] extents = extents(stored, stored.length, path, what, ranks);
    int header = header(extents);
    long needed = header + product(extents, path, what);
    if (stored.length < needed) {
      throw truncated(path, what, extents, needed, "the file ends after " + stored.length);
    }
    if (stored.length > needed) {
      throw tooLong(path, what, extents, needed, "the file has " + stored.length);
    }
    return new IdxFile(extents, stored, header);
  }

  private static IdxFile inflate(byte[] stored, String path, String what, int... ranks) {
    byte[] start = new byte[header(new int[4])];
    int got = 0;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored), 1 << 16)) {
      got = fill(in, start, 4);
      int rank = got < 4 ? 0 : Math.min(start[3] & 0xFF, 4);
      got += fill(in, start, got, 4 * rank);
      int[] extents = extents(start, got, path, what, ranks);
      long needed = got + product(extents, path, what);
      if (needed > stored.length * LARGEST_DEFLATE_RATIO) {
        throw ConvoyException.data(
            "%s: %s need %d bytes, more than gzip can hold in a file of %d bytes: it is truncated"
                + " or damaged; fetch it again",
            path, describe(extents, what), needed, stored.length);
      }
      byte[] data = new byte[(int) (needed - got)];
      int filled = fill(in, data, data.length);
      if (filled < data.length) {
        throw truncated(
            path, what, extents, needed, "its gzip data unpack to " + (got + (long) filled));
      }
      if (in.read() >= 0) {
        throw tooLong(path, what, extents, needed, "the file goes on");
      }
      return new IdxFile(extents, data, 0);
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.DATA,
          "%s: damaged gzip data (%s); fetch it again".formatted(path, e.getMessage()),
          e);
    }
  }

  private static int fill(InputStream in, byte[] target, int length) throws IOException {
    return fill(in, target, 0, length);
  }

  /** Reads until {@code length} bytes are there or the data run out; returns their number. */
  private static int fill(InputStream in, byte[] target, int from, int length) throws IOException {
    int filled = 0;
    try {
      while (filled < length) {
        int read = in.read(target, from + filled, length - filled);
        if (read < 0) {
          return filled;
        }
        filled += read;
      }
    } catch (EOFException e) {
      // gzip data that end in the middle; the caller says how many bytes there were
      return filled;
    }
    return filled;
  }

  private static int[] extents(byte[] start, int length, String path, String what, int... ranks) {
    int rank = length < 4 ? -1 : start[3] & 0xFF;
    boolean isBytes = rank >= 0 && start[0] == 0 && start[1] == 0 && start[2] == UNSIGNED_BYTE;
    if (!isBytes || Arrays.stream(ranks).noneMatch(allowed -> allowed == rank)) {
      throw ConvoyException.data(
          "%s: %s in IDX format begin with the bytes 0 0 8 and their rank (%s); the file begins"
              + " with %s: %s",
          path,
          what,
          Arrays.stream(ranks).mapToObj(Integer::toString).collect(Collectors.joining(" or ")),
          firstBytes(start, Math.min(length, 4)),
          kind(start, length));
    }
    if (length < 4 + 4 * rank) {
      throw ConvoyException.data(
          "%s: the header needs %d bytes; the file ends after %d: it is truncated; fetch it again",
          path, 4 + 4 * rank, length);
    }
    int[] extents = new int[rank];
    ByteBuffer.wrap(start, 4, 4 * rank).asIntBuffer().get(extents);
    for (int extent : extents) {
      if (extent < 1) {
        throw ConvoyException.data(
            "%s: every extent is at least 1; the header says %s: fetch it again",
            path, Arrays.toString(extents));
      }
    }
    return extents;
  }

  /** What the file is in place of bytes in IDX format. */
  private static String kind(byte[] start, int length) {
    if (length >= 4 && start[0] == 0 && start[1] == 0 && OTHER_TYPES.containsKey(start[2])) {
      return "it holds %s, where Convoy reads unsigned bytes: convert them"
          .formatted(OTHER_TYPES.get(start[2]));
    }
    return FileKind.of(Arrays.copyOf(start, length))
        .map(kind -> "it is " + kind)
        .orElse("is it the right file?");
  }

  private static String firstBytes(byte[] start, int length) {
    if (length == 0) {
      return "nothing (it is empty)";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(i == 0 ? "" : " ").append(start[i] & 0xFF);
    }
    return text.toString();
  }

  private static int header(int[] extents) {
    return 4 + 4 * extents.length;
  }

  private static long product(int[] extents, String path, String what) {
    long product = 1;
    for (int extent : extents) {
      product *= extent;
      if (product > LARGEST) {
        throw ConvoyException.data(
            "%s: %s are more than the %d bytes that one IDX file may hold here: split it, or fetch"
                + " it again",
            path, describe(extents, what), LARGEST);
      }
    }
    return product;
  }

  private static ConvoyException truncated(
      String path, String what, int[] extents, long needed, String found) {
    return ConvoyException.data(
        "%s: %s need %d bytes; %s: it is truncated; fetch it again",
        path, describe(extents, what), needed, found);
  }

  private static ConvoyException tooLong(
      String path, String what, int[] extents, long needed, String found) {
    return ConvoyException.data(
        "%s: %s need %d bytes; %s: it is damaged; fetch it again",
        path, describe(extents, what), needed, found);
  }

  private static String describe(int[] extents, String what) {
    if (extents.length == 1) {
      return "%s %s".formatted(extents[0], what);
    }
    return "%s %s of %s"
        .formatted(
            extents[0],
            what,
            Arrays.stream(extents)
                .skip(1)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("x")));
  }
}
