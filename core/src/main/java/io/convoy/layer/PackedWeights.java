package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;

/**
 * Weights in the order in which kernels read them, and weight gradients in the order in which they
 * write them: {@code [group][panel][tap][input][panelWidth]}, the last panel of a group filled up
 * with zeros.
 *
 * @param groups groups of channels
 * @param inputs channels that a sum runs over, in one group
 * @param outputs channels that come out, in one group
 * @param taps kernel height times width
 * @param width columns of a panel
 */
record PackedWeights(
    int groups, int inputs, int outputs, int taps, int width, float[] data, int base) {

  static PackedWeights take(int groups, int inputs, int outputs, int taps, int width, Arena arena) {
    int panels = (outputs + width - 1) / width;
    Arena.Slice slice = arena.take((long) groups * panels * taps * inputs * width);
    return new PackedWeights(groups, inputs, outputs, taps, width, slice.data(), slice.offset());
  }

  int panels() {
    return (outputs + width - 1) / width;
  }

  /** Outputs of a panel that are there. */
  int columns(int panel) {
    return Math.min(width, outputs - panel * width);
  }

  /** The first float of a panel. */
  int start(int group, int panel) {
    return base + (group * panels() + panel) * taps * inputs * width;
  }

  /** Packs OIHW weights: this convolution's own inputs and outputs. */
  void pack(float[] weightsOIHW, int offset, WorkPool pool) {
    pool.run(
        groups * panels(),
        (block, thread) -> {
          int panel = block % panels();
          int output = block / panels() * outputs + panel * width;
          int to = start(block / panels(), panel);
          for (int j = 0; j < columns(panel); j++) {
            int from = offset + (output + j) * inputs * taps;
            for (int input = 0; input < inputs; input++) {
              for (int tap = 0; tap < taps; tap++) {
                data[to + (tap * inputs + input) * width + j] =
                    weightsOIHW[from + input * taps + tap];
              }
            }
          }
        });
  }

  /**
   * Packs OIHW weights for the way back: inputs and outputs change places, taps are reversed. Here
   * {@link #inputs} are the layer's outputs in a group.
   */
  void packTransposed(float[] weightsOIHW, int offset, WorkPool pool) {
    pool.run(
        groups * panels(),
        (block, thread) -> {
          int group = block / panels();
          int panel = block % panels();
          int to = start(group, panel);
          for (int input = 0; input < inputs; input++) {
            for (int j = 0; j < columns(panel); j++) {
              int from = offset + ((group * inputs + input) * outputs + panel * width + j) * taps;
              for (int tap = 0; tap < taps; tap++) {
                data[to + (tap * inputs + input) * width + j] = weightsOIHW[from + taps - 1 - tap];
              }
            }
          }
        });
  }

  /** Writes rows [fromRow, toRow) of a panel (a row: a tap and an input) to their OIHW places. */
  void unpack(int group, int panel, int fromRow, int toRow, float[] gradientOIHW, int offset) {
    int output = group * outputs + panel * width;
    int from = start(group, panel);
    for (int row = fromRow; row < toRow; row++) {
      int place = row % inputs * taps + row / inputs;
      for (int j = 0; j < columns(panel); j++) {
        gradientOIHW[offset + (output + j) * inputs * taps + place] = data[from + row * width + j];
      }
    }
  }
}
