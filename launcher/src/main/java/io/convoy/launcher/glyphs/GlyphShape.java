package io.convoy.launcher.glyphs;

import java.util.List;
import java.util.Locale;

/**
 * The ten glyphs of {@link SyntheticGlyphs}: polylines in a box from -1 to 1, x to the right and y
 * down. Some are near relatives on purpose (arrow and tree, anchor and hook, key and flag): telling
 * them apart takes more than counting ink.
 */
enum GlyphShape {
  ANCHOR(
      circle(0, -0.70, 0.17),
      line(0, -0.53, 0, 0.80),
      line(-0.35, -0.28, 0.35, -0.28),
      arc(0, 0.15, 0.65, 0.05, 0.95)),
  ARROW(line(0, 0.85, 0, -0.85), line(-0.48, -0.30, 0, -0.85, 0.48, -0.30)),
  BOLT(line(0.30, -0.88, -0.38, 0.10, 0.36, -0.06, -0.28, 0.88)),
  CUP(line(-0.62, -0.60, -0.46, 0.66, 0.24, 0.66, 0.40, -0.60, -0.62, -0.60), arcOfCup()),
  FISH(
      line(-0.85, 0, -0.42, -0.40, 0.12, -0.42, 0.80, 0.42),
      line(0.80, -0.42, 0.12, 0.42),
      line(0.12, 0.42, -0.42, 0.40, -0.85, 0),
      line(0.80, -0.42, 0.80, 0.42)),
  FLAG(line(-0.42, 0.88, -0.42, -0.85), line(-0.42, -0.85, 0.58, -0.50, -0.42, -0.12)),
  HOOK(
      line(0.28, -0.85, 0.28, 0.34),
      arc(-0.10, 0.34, 0.38, 0, 1),
      line(-0.48, 0.34, -0.48, 0.02),
      line(-0.66, 0.22, -0.48, 0.02, -0.28, 0.20)),
  HOUSE(
      line(-0.62, 0.78, -0.62, -0.12, 0, -0.78, 0.62, -0.12, 0.62, 0.78, -0.62, 0.78),
      line(-0.14, 0.78, -0.14, 0.28, 0.18, 0.28, 0.18, 0.78)),
  KEY(
      circle(-0.10, -0.52, 0.32),
      line(-0.10, -0.20, -0.10, 0.86),
      line(-0.10, 0.48, 0.26, 0.48),
      line(-0.10, 0.82, 0.26, 0.82)),
  TREE(
      line(0, 0.88, 0, -0.10),
      line(-0.40, -0.28, 0, -0.86, 0.40, -0.28),
      line(-0.58, 0.36, 0, -0.34, 0.58, 0.36));

  @SuppressWarnings("ImmutableEnumChecker") // nobody alters them, and arrays cannot be frozen
  private final List<double[]> strokes;

  GlyphShape(double[]... strokes) {
    this.strokes = List.of(strokes);
  }

  /** Polylines, each as {@code x0, y0, x1, y1…}; not to be altered. */
  List<double[]> strokes() {
    return strokes;
  }

  /** The name of the class and of its folder. */
  String className() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static double[] line(double... coordinates) {
    return coordinates;
  }

  private static double[] circle(double x, double y, double radius) {
    return arc(x, y, radius, 0, 2);
  }

  private static double[] arcOfCup() {
    return arc(0.36, -0.04, 0.36, -0.42, 0.36);
  }

  /** Part of a circle, clockwise as seen, from and to angles in units of pi from the x axis. */
  private static double[] arc(double x, double y, double radius, double from, double to) {
    int pieces = 10;
    double[] points = new double[2 * (pieces + 1)];
    for (int i = 0; i <= pieces; i++) {
      double angle = StrictMath.PI * (from + (to - from) * i / pieces);
      points[2 * i] = x + radius * StrictMath.cos(angle);
      points[2 * i + 1] = y + radius * StrictMath.sin(angle);
    }
    return points;
  }
}
