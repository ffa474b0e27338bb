package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.operation.Extent;
import io.convoy.reference.Images;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that move values, or mix few of them: enlarging, padding, choosing channels. */
class RearrangementLayersTest {
  /** Where the value of an output stands in the input, or none. */
  private interface Source {
    double of(Images x, int n, int c, int h, int w);
  }

  private static void check(Layer layer, List<Integer> extents, Source source) {
    Shape shape = Shape.of(extents.stream().mapToInt(i -> i).toArray());
    for (int halo : new int[] {0, 2}) {
      try (LayerRig rig = new LayerRig(layer, 3, List.of(shape), halo, 2)) {
        Images x = rig.input(0);
        Images y = rig.forward();
        y.forEach(
            (n, c, h, w) ->
                assertEquals(
                    source.of(x, n, c, h, w),
                    y.get(n, c, h, w),
                    2e-7,
                    "%s at %s, %s, %s, %s".formatted(layer, n, c, h, w)));
        rig.checkGradients();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1", "3, 2", "4, 3"})
  void nearestRepeatsPixels(int down, int across) {
    Layer layer = new Upsample2d(new Extent(down, across), Upsample2d.Mode.NEAREST);
    assertEquals(Shape.of(5 * down, 7 * across, 3), layer.outputShape(List.of(Shape.of(5, 7, 3))));
    check(layer, List.of(5, 7, 3), (x, n, c, h, w) -> x.get(n, c, h / down, w / across));
    check(layer, List.of(1, 1, 20), (x, n, c, h, w) -> x.get(n, c, h / down, w / across));
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1", "3, 2", "4, 3"})
  void bilinearDrawsStraightLines(int down, int across) {
    Layer layer = new Upsample2d(new Extent(down, across), Upsample2d.Mode.BILINEAR);
    Source lines =
        (x, n, c, h, w) -> {
          double row = clamp((h + 0.5) / down - 0.5, x.height() - 1);
          double column = clamp((w + 0.5) / across - 0.5, x.width() - 1);
          int top = (int) row;
          int left = (int) column;
          double a = row - top;
          double b = column - left;
          double upper = (1 - b) * x.get(n, c, top, left) + b * x.get(n, c, top, left + 1);
          double lower = (1 - b) * x.get(n, c, top + 1, left) + b * x.get(n, c, top + 1, left + 1);
          return (1 - a) * upper + a * lower;
        };
    check(layer, List.of(5, 7, 3), lines);
    check(layer, List.of(2, 3, 17), lines);
    check(layer, List.of(1, 1, 5), lines);
  }

  private static double clamp(double value, double highest) {
    return Math.max(0, Math.min(highest, value));
  }

  @Test
  void enlargedEqualPixelsStayEqual() {
    try (LayerRig rig =
        LayerRig.of(new Upsample2d(Extent.square(2), Upsample2d.Mode.BILINEAR), 1, 4, 3, 2)) {
      float[] same = new float[24];
      java.util.Arrays.fill(same, 0.75f);
      rig.fillInput(0, same);
      for (double value : rig.forward().data()) {
        assertEquals(0.75, value);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0, 0", "1, 2, 3, 0", "0, 1, 0, 5"})
  void zeroPadSurroundsTheImage(int top, int bottom, int left, int right) {
    Layer layer = new ZeroPad2d(top, bottom, left, right);
    assertEquals(
        Shape.of(top + 5 + bottom, left + 7 + right, 3),
        layer.outputShape(List.of(Shape.of(5, 7, 3))));
    check(
        layer,
        List.of(5, 7, 3),
        (x, n, c, h, w) -> x.inside(h - top, w - left) ? x.get(n, c, h - top, w - left) : 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 12})
  void shuffleIsTheTransposeOfGroupsAndChannels(int groups) {
    int size = 12 / groups;
    check(
        new ChannelShuffle(groups),
        List.of(3, 2, 12),
        (x, n, c, h, w) -> x.get(n, c % groups * size + c / groups, h, w));
    check(
        new ChannelShuffle(groups),
        List.of(12),
        (x, n, c, h, w) -> x.get(n, c % groups * size + c / groups, 0, 0));
  }

  @Test
  void shuffledBackBySizeTheChannelsAreAsBefore() {
    try (LayerRig first = LayerRig.of(new ChannelShuffle(3), 2, 3, 2, 12);
        LayerRig second = LayerRig.of(new ChannelShuffle(4), 2, 3, 2, 12)) {
      Images x = first.input(0);
      Images y = first.forward();
      float[] values = new float[y.data().length];
      int[] at = {0};
      for (int n = 0; n < 2; n++) {
        for (int h = 0; h < 3; h++) {
          for (int w = 0; w < 2; w++) {
            for (int c = 0; c < 12; c++) {
              values[at[0]++] = (float) y.get(n, c, h, w);
            }
          }
        }
      }
      second.fillInput(0, values);
      assertArrayEquals(x.data(), second.forward().data());
    }
  }

  @Test
  void selectTakesChannelsInTheirOrderAndMoreThanOnce() {
    int[] channels = {6, 0, 6, 2, 6};
    Layer layer = new SelectChannels(IntStream.of(channels).boxed().toList());
    check(layer, List.of(3, 5, 7), (x, n, c, h, w) -> x.get(n, channels[c], h, w));
    check(layer, List.of(7), (x, n, c, h, w) -> x.get(n, channels[c], 0, 0));
    assertEquals(
        new SelectChannels(List.of(2, 3, 4)), SelectChannels.range(2, 5), "neighbouring channels");
  }

  @Test
  void padChannelsAddsZeros() {
    check(
        new PadChannels(2, 3),
        List.of(3, 5, 7),
        (x, n, c, h, w) -> c < 2 || c >= 9 ? 0 : x.get(n, c - 2, h, w));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refuses("type: 'upsample2d', scale: 0", "upsample2d: scale must be at least 1; got 0x0");
    refuses(
        "type: 'upsample2d', scale: 2147483647",
        "upsample2d: the output must have at least one pixel, and below 2^31 each way; got 19327352823x15032385529");
    refuses(
        "type: 'zeroPad2d', left: -1",
        "zeroPad2d: pixels must be at least 0; got top 0, bottom 0, left -1, right 0");
    refuses(
        "type: 'channelShuffle', groups: 2",
        "channelShuffle: groups must divide the input's channels; got groups 2, input 9x7x3");
    refuses(
        "type: 'channelShuffle', groups: 0", "channelShuffle: groups must be at least 1; got 0");
    refuses(
        "type: 'selectChannels', channels: [0, 3]",
        "selectChannels: channels must lie in [0, 3), for an input of 9x7x3; got 3");
    refuses(
        "type: 'selectChannels', channels: []",
        "selectChannels: channels must name at least one, each at least 0; got []");
    refuses(
        "type: 'padChannels', before: -1",
        "padChannels: before and after must be at least 0; got -1 and 0");
  }

  private static void refuses(String options, String message) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> Problem.parse("1 | 9, 7, 3 | " + options));
    String text = error.getMessage();
    assertEquals(message, text.substring(text.indexOf(": ") + 2));
  }
}
