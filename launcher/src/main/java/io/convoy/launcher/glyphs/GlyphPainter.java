package io.convoy.launcher.glyphs;

import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.Arrays;

/**
 * Paints one distorted glyph: strokes of a given width on an uneven ground, with clutter and noise.
 * A pure function of (seed, set, shape, index), in plain double arithmetic and StrictMath: no
 * fonts, no graphics library, no screen.
 *
 * <p>A pixel's ink is how far its centre lies inside the nearest stroke, over one pixel: {@code
 * clamp(1/2 + width/2 - distance)}, an anti-aliased capsule around every segment.
 */
final class GlyphPainter {
  // positions in the sample's random stream; a change makes another data set
  private static final int FRAME = 0;
  private static final int COLOURS = 16;
  private static final int CLUTTER = 40;
  private static final int JITTER = 64;
  private static final int NOISE = 1024;
  private static final int MOST_CLUTTER = 2;

  private final int size;
  private final int channels;
  private final RandomStream draws;
  private final double[] ink;

  /**
   * @param size height and width in pixels
   * @param channels 1 for grey, 3 for RGB
   */
  GlyphPainter(int size, int channels, long seed) {
    this.size = size;
    this.channels = channels;
    this.draws = new RandomStream(seed, Purpose.SYNTHETIC_DATA);
    this.ink = new double[size * size];
  }

  /**
   * Paints a glyph into {@code pixels}, HWC.
   *
   * @param set 0 for training, 1 for test: the two never share a random number
   */
  void paint(GlyphShape shape, int set, int index, byte[] pixels) {
    draws.at(set, (long) shape.ordinal() << 32 | index);
    Arrays.fill(ink, 0);
    double width = size * between(FRAME, 0.045, 0.085);
    Frame frame = Frame.draw(this);
    int vertex = JITTER;
    for (double[] stroke : shape.strokes()) {
      double[] placed = new double[stroke.length];
      for (int i = 0; i < stroke.length; i += 2, vertex += 2) {
        double x = stroke[i] + between(vertex, -0.06, 0.06);
        double y = stroke[i + 1] + between(vertex + 1, -0.06, 0.06);
        placed[i] = frame.x(x, y);
        placed[i + 1] = frame.y(x, y);
      }
      stroke(placed, width);
    }
    clutter(width);
    colour(pixels);
  }

  /** The affine map from the glyph's box to pixels: scale, stretch, shear, turn, shift. */
  private record Frame(double xx, double xy, double yx, double yy, double dx, double dy) {
    static Frame draw(GlyphPainter painter) {
      double half = painter.size / 2.0;
      double scale = half * painter.between(FRAME + 1, 0.66, 0.90);
      double stretch = painter.between(FRAME + 2, 0.80, 1.20);
      double shear = painter.between(FRAME + 3, -0.25, 0.25);
      double angle = StrictMath.PI * painter.between(FRAME + 4, -0.12, 0.12);
      double cos = scale * StrictMath.cos(angle);
      double sin = scale * StrictMath.sin(angle);
      double room = Math.max(0.05 * half, half - scale);
      return new Frame(
          cos * stretch,
          cos * shear - sin,
          sin * stretch,
          sin * shear + cos,
          half + room * painter.between(FRAME + 5, -1, 1),
          half + room * painter.between(FRAME + 6, -1, 1));
    }

    double x(double x, double y) {
      return xx * x + xy * y + dx;
    }

    double y(double x, double y) {
      return yx * x + yy * y + dy;
    }
  }

  /** Up to two short strokes that mean nothing. */
  private void clutter(double width) {
    int count = draws.below(MOST_CLUTTER + 1, CLUTTER);
    for (int i = 0; i < count; i++) {
      int at = CLUTTER + 1 + 5 * i;
      double x = between(at, 0, size);
      double y = between(at + 1, 0, size);
      double reach = 0.16 * size;
      double[] scratch = {
        x, y, x + between(at + 2, -reach, reach), y + between(at + 3, -reach, reach)
      };
      stroke(scratch, width * between(at + 4, 0.5, 1.0));
    }
  }

  private void stroke(double[] points, double width) {
    for (int i = 0; i + 3 < points.length; i += 2) {
      segment(points[i], points[i + 1], points[i + 2], points[i + 3], width / 2);
    }
  }

  private void segment(double x0, double y0, double x1, double y1, double radius) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double square = Math.max(dx * dx + dy * dy, 1e-12);
    for (int row = first(y0, y1, radius); row <= last(y0, y1, radius); row++) {
      for (int column = first(x0, x1, radius); column <= last(x0, x1, radius); column++) {
        double px = column + 0.5 - x0;
        double py = row + 0.5 - y0;
        double along = Math.max(0, Math.min(1, (px * dx + py * dy) / square));
        double awayX = px - along * dx;
        double awayY = py - along * dy;
        double distance = StrictMath.sqrt(awayX * awayX + awayY * awayY);
        double covered = Math.max(0, Math.min(1, 0.5 + radius - distance));
        int pixel = row * size + column;
        ink[pixel] = Math.max(ink[pixel], covered);
      }
    }
  }

  private int first(double a, double b, double radius) {
    return Math.max(0, (int) Math.floor(Math.min(a, b) - radius - 1));
  }

  private int last(double a, double b, double radius) {
    return Math.min(size - 1, (int) Math.ceil(Math.max(a, b) + radius + 1));
  }

  /** Ground and ink get colours of enough contrast, a slope across the image, and noise. */
  private void colour(byte[] pixels) {
    boolean dark = draws.below(2, COLOURS) == 1;
    double contrast = between(COLOURS + 1, 90, 170);
    double slopeX = between(COLOURS + 2, -40, 40) / size;
    double slopeY = between(COLOURS + 3, -40, 40) / size;
    double noise = between(COLOURS + 4, 8, 32);
    for (int channel = 0; channel < channels; channel++) {
      double tint = channels == 1 ? 0 : between(COLOURS + 6 + channel, -28, 28);
      double inkTint = channels == 1 ? 0 : between(COLOURS + 9 + channel, -28, 28);
      double middle = between(COLOURS + 5, 105, 150) + tint;
      double ground = dark ? middle - contrast / 2 : middle + contrast / 2;
      double over = (dark ? contrast : -contrast) + inkTint;
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          int pixel = row * size + column;
          double slope = slopeX * (column - size / 2.0) + slopeY * (row - size / 2.0);
          double value =
              ground + slope + over * ink[pixel] + noise * triangle(pixel * channels + channel);
          long rounded = (long) Math.floor(value + 0.5);
          pixels[pixel * channels + channel] = (byte) Math.max(0, Math.min(255, rounded));
        }
      }
    }
  }

  /** Noise in (-1, 1) with a triangular density: the sum of two uniform numbers. */
  private double triangle(int position) {
    int bits = draws.bits(NOISE + position);
    return ((bits & 0xFFFF) + (bits >>> 16)) / 65536.0 - 1;
  }

  private double between(int position, double low, double high) {
    return low + (high - low) * draws.uniform(position);
  }
}
