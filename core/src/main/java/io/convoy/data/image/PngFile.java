package io.convoy.data.image;

import io.convoy.error.ConvoyException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG (ISO/IEC 15948) cut down to the chunks that make its pixels. Profiles, text and
 * transparency have no part in the result and cannot trip the decoder; checksums, which the decoder
 * does not look at, are checked.
 *
 * @param critical the file with its critical chunks only
 */
record PngFile(int height, int width, byte[] critical) {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");
  private static final int FRAME = 12;

  static boolean matches(byte[] encoded) {
    return encoded.length >= SIGNATURE.length
        && Arrays.equals(encoded, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  /**
   * @throws ConvoyException of kind DATA, with the name, where a chunk is cut short or damaged
   */
  static PngFile parse(byte[] encoded, String name) {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.length);
    out.write(encoded, 0, SIGNATURE.length);
    int position = SIGNATURE.length;
    int height = 0;
    int width = 0;
    String type = "";
    while (!type.equals("IEND")) {
      int length = position + FRAME > encoded.length ? -1 : in.getInt(position);
      if (length < 0 || length > encoded.length - position - FRAME) {
        throw damaged(name, "it ends after %s bytes, in mid-chunk".formatted(encoded.length));
      }
      type = new String(encoded, position + 4, 4, StandardCharsets.ISO_8859_1);
      if (CRITICAL.contains(type)) {
        checkSum(in, position, length, type, name);
        out.write(encoded, position, FRAME + length);
      }
      if (position == SIGNATURE.length) {
        if (!type.equals("IHDR") || length != 13) {
          throw damaged(name, "it does not begin with its header");
        }
        width = in.getInt(position + 8);
        height = in.getInt(position + 12);
      } else if (type.equals("IHDR")) {
        throw damaged(name, "there are two headers");
      }
      position += FRAME + length;
    }
    if (height < 1 || width < 1) {
      throw damaged(name, "%sx%s pixels".formatted(height, width));
    }
    return new PngFile(height, width, out.toByteArray());
  }

  private static void checkSum(ByteBuffer in, int position, int length, String type, String name) {
    CRC32 sum = new CRC32();
    sum.update(in.array(), position + 4, length + 4);
    if ((int) sum.getValue() != in.getInt(position + 8 + length)) {
      throw damaged(name, "the checksum of chunk %s fails".formatted(type));
    }
  }

  private static ConvoyException damaged(String name, String reason) {
    return ConvoyException.data(
        "%s: the PNG is truncated or damaged (%s): fetch it again or take it out of the folder",
        name, reason);
  }
}
