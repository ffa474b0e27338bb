package io.convoy.operation.direct;

import io.convoy.operation.correlation.ConvolutionGeometry;
import java.util.ArrayList;
import java.util.List;

/**
 * Terms of a window that are the columns of one panel in {@link DirectWeightGradient}.
 *
 * @param from the first
 * @param until the one after the last
 */
record TermPanel(int from, int until) {
  /** Whether each panel has terms of one tap, and those of all taps follow each other. */
  static boolean wholeTaps(ConvolutionGeometry geometry, int width) {
    return geometry.groupInputs() > width / 2;
  }

  /** Whole panels, where taps of few channels go together, else panels of one tap each. */
  static TermPanel[] cut(ConvolutionGeometry geometry, int width) {
    int channels = geometry.groupInputs();
    int terms = geometry.taps() * channels;
    List<TermPanel> panels = new ArrayList<>();
    if (!wholeTaps(geometry, width)) {
      for (int from = 0; from < terms; from += width) {
        panels.add(new TermPanel(from, Math.min(from + width, terms)));
      }
      return panels.toArray(new TermPanel[0]);
    }
    for (int input = 0; input < channels; input += width) {
      // the taps of the same inputs lie together in OIHW
      for (int tap = 0; tap < geometry.taps(); tap++) {
        int until = Math.min(input + width, channels);
        panels.add(new TermPanel(tap * channels + input, tap * channels + until));
      }
    }
    return panels.toArray(new TermPanel[0]);
  }
}
