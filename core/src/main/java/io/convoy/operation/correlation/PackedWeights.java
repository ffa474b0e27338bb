package io.convoy.operation.correlation;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;

/**
 * The order in which kernels read weights, and write their gradients: {@code
 * [group][panel][term][width]}, a term being a tap and an input. The last panel of a group may be
 * narrower than the others; what it has beyond the outputs is zero.
 */
public final class PackedWeights {
  /** Columns that are packed side by side: a cache line of each row. */
  private static final int STRIP = 16;

  private final Kernels kernels;
  private final int groups;
  private final int inputs;
  private final int outputs;
  private final int[] taps;
  private final int kernelTaps;
  private final int panels;
  private final int lastWidth;
  private final int groupLength;
  private final int inputStep;
  private final int columnStep;

  /**
   * @param groups groups of channels
   * @param inputs channels that a sum runs over, in one group
   * @param outputs channels that come out, in one group
   * @param taps the taps of a sum, in its order
   * @param kernelTaps all taps of the kernel
   * @param transposed whether OIHW's outputs are the inputs here: the way back for data
   */
  public PackedWeights(
      int groups,
      int inputs,
      int outputs,
      int[] taps,
      int kernelTaps,
      boolean transposed,
      Kernels kernels) {
    this.kernels = kernels;
    this.groups = groups;
    this.inputs = inputs;
    this.outputs = outputs;
    this.taps = taps.clone();
    this.kernelTaps = kernelTaps;
    panels = (outputs + kernels.panelWidth() - 1) / kernels.panelWidth();
    lastWidth = kernels.widthFor(outputs - (panels - 1) * kernels.panelWidth());
    inputStep = transposed ? outputs * kernelTaps : kernelTaps;
    columnStep = transposed ? kernelTaps : inputs * kernelTaps;
    groupLength = terms() * ((panels - 1) * kernels.panelWidth() + lastWidth);
  }

  /** Floats that all weights take. */
  public long length() {
    return (long) groups * groupLength;
  }

  /** Taps of a sum. */
  public int taps() {
    return taps.length;
  }

  /** Groups of channels that do not mix. */
  public int groups() {
    return groups;
  }

  /** Inputs of a group. */
  public int inputs() {
    return inputs;
  }

  /** Outputs of a group. */
  public int outputs() {
    return outputs;
  }

  /** Multiply-adds of so many windows. */
  public long operations(int windows) {
    return (long) windows * groups * terms() * outputs;
  }

  /** Terms of a sum. */
  public int terms() {
    return taps.length * inputs;
  }

  /** Panels of a group. */
  public int panels() {
    return panels;
  }

  /** Columns of a panel. */
  public int width(int panel) {
    return panel == panels - 1 ? lastWidth : kernels.panelWidth();
  }

  /** The columns of a panel that are outputs. */
  public int columns(int panel) {
    return Math.min(kernels.panelWidth(), outputs - panel * kernels.panelWidth());
  }

  /** The layer's channel at which a panel starts. */
  public int channel(int group, int panel) {
    return group * outputs + panel * kernels.panelWidth();
  }

  /** The first float of a panel. */
  public int start(int group, int panel) {
    return group * groupLength + panel * kernels.panelWidth() * terms();
  }

  /** The products with panels, whole ones first and the last one last. */
  public PanelProduct[] products(int termStep, int rowStep) {
    PanelProduct[] products = new PanelProduct[panels];
    for (int panel = 0; panel < panels; panel++) {
      products[panel] = kernels.product(termStep, rowStep, width(panel));
    }
    return products;
  }

  /** Packs all OIHW weights, from {@code offset} on. */
  public void pack(float[] weightsOIHW, int offset, Arena.Slice packed, WorkPool pool) {
    int strips = (kernels.panelWidth() + STRIP - 1) / STRIP;
    pool.run(
        groups * panels * strips,
        (block, thread) -> {
          int panel = block / strips % panels;
          int group = block / strips / panels;
          int to = packed.offset() + start(group, panel);
          packStrip(
              weightsOIHW, offset, group, panel, block % strips, 0, inputs, packed.data(), to);
        });
  }

  /**
   * Packs what a panel has of some inputs: {@code [tap][input][width]}.
   *
   * @param first the first input, of {@code count}
   */
  public void packPanel(
      float[] weightsOIHW,
      int offset,
      int group,
      int panel,
      int first,
      int count,
      float[] packed,
      int to) {
    for (int strip = 0; strip * STRIP < width(panel); strip++) {
      packStrip(weightsOIHW, offset, group, panel, strip, first, count, packed, to);
    }
  }

  private void packStrip(
      float[] weightsOIHW,
      int offset,
      int group,
      int panel,
      int strip,
      int first,
      int count,
      float[] packed,
      int to) {
    int column = panel * kernels.panelWidth();
    int from = offset + group * inputs * outputs * kernelTaps + column * columnStep;
    int until = Math.min(columns(panel), (strip + 1) * STRIP);
    for (int input = 0; input < count; input++) {
      for (int tap = 0; tap < taps.length; tap++) {
        int row = to + (tap * count + input) * width(panel);
        int place = from + (first + input) * inputStep + taps[tap];
        for (int j = strip * STRIP; j < until; j++) {
          packed[row + j] = weightsOIHW[place + j * columnStep];
        }
      }
    }
  }
}
