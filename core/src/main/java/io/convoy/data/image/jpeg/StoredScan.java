package io.convoy.data.image.jpeg;

import io.convoy.kernel.JpegKernels;
import java.util.Arrays;

/** One of several scans of an image: what it brings goes to memory for all coefficients. */
final class StoredScan {
  private final Frame frame;
  private final Scan scan;
  private final JpegReader reader;
  private final EntropyCodedData data;

  StoredScan(Frame frame, Scan scan, JpegReader reader, EntropyCodedData data) {
    this.frame = frame;
    this.scan = scan;
    this.reader = reader;
    this.data = data;
    requireValid();
  }

  private void requireValid() {
    boolean valid =
        frame.progressive()
            ? (scan.first() == 0
                    ? scan.last() == 0
                    : scan.first() <= scan.last()
                        && scan.last() < Zigzag.BLOCK
                        && scan.parts().size() == 1)
                && scan.low() <= 13
                && (scan.high() == 0 || scan.low() == scan.high() - 1)
            : scan.first() == 0 && scan.last() == 63 && scan.high() == 0 && scan.low() == 0;
    if (!valid) {
      throw JpegDamage.damaged(
          "a scan of %s components brings coefficients %s to %s, bits %s to %s: no scan may",
          scan.parts().size(), scan.first(), scan.last(), scan.high(), scan.low());
    }
  }

  /** Takes memory for the components whose first scan this is, and checks that it is their turn. */
  void prepare(Coefficients[] stored) {
    for (Scan.Part part : scan.parts()) {
      Component component = frame.components().get(part.index());
      if (stored[part.index()] == null) {
        requirePlausible(component);
        stored[part.index()] = new Coefficients(frame, component);
        stored[part.index()].quantization = reader.quantization(component);
      }
      stored[part.index()].bring(scan);
    }
  }

  /**
   * Each block takes a bit at least, where DC comes first: memory is only taken for what is there.
   */
  private void requirePlausible(Component component) {
    long blocks = (long) component.blockColumns() * component.blockRows();
    if (scan.first() > 0) {
      throw JpegDamage.damaged("a component's first scan brings no DC");
    }
    if (blocks > 8L * data.length()) {
      throw JpegDamage.damaged(
          "it has %s blocks of pixels, but %s bytes of data", blocks, data.length());
    }
  }

  /** Decodes a scan of a sequential image; returns the bytes that were not used. */
  int decode(SequentialScan decoder, Coefficients[] stored, int[] group) {
    decoder.start(data, reader.restartInterval());
    int[] last = new int[scan.parts().size()];
    int[] ones = new int[Zigzag.NATURAL.length];
    Arrays.fill(ones, 1);
    walk(
        stored,
        () -> {
          if (decoder.next()) {
            Arrays.fill(last, 0);
          }
        },
        (i, part, values, at) -> {
          Arrays.fill(group, 0);
          last[i] =
              decoder.block(
                  reader.huffman().dc(part.dc()),
                  reader.huffman().ac(part.ac()),
                  ones,
                  group,
                  0,
                  last[i]);
          for (int k = 0; k < Zigzag.BLOCK; k++) {
            values[at + k] = (short) group[k * JpegKernels.GROUP];
          }
        });
    decoder.finish();
    return decoder.unusedBytes();
  }

  /** Decodes a scan of a progressive image; returns the bytes that were not used. */
  int decode(ProgressiveScan decoder, Coefficients[] stored) {
    decoder.start(scan, data, reader.restartInterval());
    int[] last = new int[scan.parts().size()];
    BlockStep step;
    if (scan.first() == 0) {
      step =
          scan.high() == 0
              ? (i, part, values, at) ->
                  last[i] = decoder.firstDc(reader.huffman().dc(part.dc()), values, at, last[i])
              : (i, part, values, at) -> decoder.refineDc(values, at);
    } else {
      HuffmanTable ac = reader.huffman().ac(scan.parts().get(0).ac());
      step =
          scan.high() == 0
              ? (i, part, values, at) -> decoder.firstAc(ac, values, at)
              : (i, part, values, at) -> decoder.refineAc(ac, values, at);
    }
    walk(
        stored,
        () -> {
          if (decoder.next()) {
            Arrays.fill(last, 0);
          }
        },
        step);
    return decoder.finish();
  }

  /** What is done for a block of the i-th component of the scan. */
  private interface BlockStep {
    void run(int i, Scan.Part part, short[] values, int at);
  }

  /** Visits all blocks in the order of the scan: one component's own, or unit by unit. */
  private void walk(Coefficients[] stored, Runnable startUnit, BlockStep step) {
    if (scan.parts().size() == 1) {
      Scan.Part part = scan.parts().get(0);
      Component component = frame.components().get(part.index());
      Coefficients target = stored[part.index()];
      for (int row = 0; row < component.blockRows(); row++) {
        for (int column = 0; column < component.blockColumns(); column++) {
          startUnit.run();
          step.run(0, part, target.values(), target.at(row, column));
        }
      }
      return;
    }
    for (int row = 0; row < frame.unitRows(); row++) {
      for (int column = 0; column < frame.unitColumns(); column++) {
        startUnit.run();
        for (int i = 0; i < scan.parts().size(); i++) {
          visitUnit(stored, i, row, column, step);
        }
      }
    }
  }

  private void visitUnit(Coefficients[] stored, int i, int row, int column, BlockStep step) {
    Scan.Part part = scan.parts().get(i);
    Component component = frame.components().get(part.index());
    Coefficients target = stored[part.index()];
    for (int v = 0; v < component.v(); v++) {
      for (int h = 0; h < component.h(); h++) {
        int at = target.at(row * component.v() + v, column * component.h() + h);
        step.run(i, part, target.values(), at);
      }
    }
  }
}
