package io.convoy.data.image.jpeg;

import io.convoy.kernel.JpegKernels;
import java.util.Arrays;

/**
 * Decodes the blocks of a sequential scan (ITU-T T.81, F.2). Coefficients go, dequantised, to where
 * {@link JpegKernels#inverseDct} wants them.
 */
final class SequentialScan {
  /** Where the coefficient at a place of the zigzag lies in a group, but for the block's place. */
  private static final int[] ORDER =
      Arrays.stream(Zigzag.NATURAL).map(natural -> natural * JpegKernels.GROUP).toArray();

  /** A group, and room for the coefficient that is none. */
  static final int GROUP_LENGTH = (Zigzag.BLOCK + 1) * JpegKernels.GROUP;

  private final BitReader reader;

  /**
   * @param reader of the data
   */
  SequentialScan(BitReader reader) {
    this.reader = reader;
  }

  /**
   * Decodes a block.
   *
   * @param quantization by the zigzag
   * @param group cleared
   * @param place the block's place in it
   * @param last the DC of the component's last block
   * @return the DC of this one, before it is dequantised
   */
  // what it works with stays in registers, for which it is one piece
  @SuppressWarnings("checkstyle:MethodLength")
  int block(
      HuffmanTable dc, HuffmanTable ac, int[] quantization, int[] group, int place, int last) {
    int current = last + difference(dc);
    group[place] = (short) current * quantization[0];
    BitReader in = reader;
    byte[] bytes = in.data;
    long bits = in.bits;
    int count = in.count;
    int position = in.position;
    int[] entries = ac.entries;
    int[] order = ORDER;
    int k = 1;
    while (k < Zigzag.BLOCK) {
      bits |= BitReader.eight(bytes, position) >>> count;
      position += (63 - count) >> 3;
      count |= 56;
      int entry = entries[(int) (bits >>> (64 - HuffmanTable.BITS))];
      if (entry >> 16 != 0) {
        // a shift goes by the six low bits alone: no length is longer
        bits <<= entry;
        count -= entry & 0xFF;
        k += entry >> 12 & 15;
        group[order[k] + place] = (entry >> 16) * quantization[k];
        if (++k >= Zigzag.BLOCK) {
          break;
        }
        // there are bits enough for another one
        entry = entries[(int) (bits >>> (64 - HuffmanTable.BITS))];
        if (entry >> 16 != 0) {
          bits <<= entry;
          count -= entry & 0xFF;
          k += entry >> 12 & 15;
          group[order[k] + place] = (entry >> 16) * quantization[k];
          k++;
          continue;
        }
      }
      if (entry == 0) {
        entry = ac.search((int) (bits >>> 48));
      }
      bits <<= entry;
      count -= entry & 0xFF;
      int run = entry >> 12 & 15;
      int size = entry >> 8 & 15;
      if (size == 0) {
        if (run < 15) {
          break;
        }
        k += 16;
        continue;
      }
      k += run;
      int value = HuffmanTable.extend((int) (bits >>> (64 - size)), size);
      bits <<= size;
      count -= size;
      group[order[k] + place] = value * quantization[k];
      k++;
    }
    in.bits = bits;
    in.count = count;
    in.position = position;
    if (k > Zigzag.BLOCK) {
      throw JpegDamage.damaged("its data hold a run of zeros that leaves its block");
    }
    in.requireNotPastEnd();
    return current;
  }

  /**
   * Passes over a block.
   *
   * @return as {@link #block}
   */
  int skip(HuffmanTable dc, HuffmanTable ac, int last) {
    int current = last + difference(dc);
    BitReader in = reader;
    int k = 1;
    while (k < Zigzag.BLOCK) {
      int entry = in.entry(ac);
      int run = entry >> 12 & 15;
      int size = entry >> 8 & 15;
      if (size == 0 && entry >> 16 == 0) {
        if (run < 15) {
          break;
        }
        k += 16;
        continue;
      }
      in.drop(size);
      k += run + 1;
    }
    if (k > Zigzag.BLOCK) {
      throw JpegDamage.damaged("its data hold a run of zeros that leaves its block");
    }
    in.requireNotPastEnd();
    return current;
  }

  private int difference(HuffmanTable dc) {
    int entry = reader.entry(dc);
    int size = entry >> 8 & 15;
    return size == 0 ? entry >> 16 : HuffmanTable.extend(reader.take(size), size);
  }
}
