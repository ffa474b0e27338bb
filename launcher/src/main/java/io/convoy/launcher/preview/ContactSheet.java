package io.convoy.launcher.preview;

import io.convoy.error.ConvoyException;
import io.convoy.preview.Picture;
import io.convoy.preview.Sight;
import io.convoy.preview.TargetWords;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.util.List;

/**
 * Draws images in rows: each as it is stored, as evaluation sees it, and as training does, under
 * the name of its class.
 *
 * <pre>
 *   title
 *   what is shown
 *   stored      evaluation    epoch 0       epoch 1
 *
 *   CLASS  where it lies
 *   [        ]  [          ]  [          ]  [          ]
 *                             cat 71.2 %    cat
 *                             dog 28.8 %
 * </pre>
 */
final class ContactSheet {
  /** The most pixels that a sheet may have. */
  static final long MOST_PIXELS = 60_000_000;

  static final int MARGIN = 24;
  static final int GAP = 14;

  /** What views are magnified to, about. */
  private static final int USUAL = 168;

  private static final int TEXT = 2;
  private static final int TITLE = 3;
  private static final int LINE = 24;
  private static final int TITLE_LINE = 40;
  private static final int LEAST_WIDTH = 900;

  /** Lines that a single line of the heading becomes, at the most. */
  private static final int MOST_LINES = 6;

  private static final int GROUND = 0xFAFAF7;
  private static final int INK = 0x202020;
  private static final int FAINT = 0x686868;
  private static final int EDGE = 0x9A9A9A;

  private final Shape input;
  private final int columns;
  private final int targetLines;
  private final String title;
  private final List<String> lines;
  private final int magnification;

  /**
   * @param input of the network
   * @param epochs how many versions of each image there are
   * @param targetLines lines under each version that say what it is taken for; 0 for none
   * @param heading the title, and lines below it
   */
  ContactSheet(Shape input, int epochs, int targetLines, List<String> heading) {
    this.input = input;
    this.columns = 2 + epochs;
    this.targetLines = targetLines;
    magnification = magnification(input);
    int room = (width() - 2 * MARGIN) / TEXT;
    title = heading.get(0);
    lines =
        heading.stream()
            .skip(1)
            .flatMap(line -> Letters.lines(PlainText.of(line), room).stream().limit(MOST_LINES))
            .toList();
  }

  /** By how much each pixel of a view is magnified: a whole number. */
  static int magnification(Shape input) {
    int longer = Math.max(input.height(), input.width());
    return Math.max(1, (2 * USUAL + longer) / (2 * longer));
  }

  /** Height and width of the box that stored images are fit into, in pixels of the sheet. */
  static int box(Shape input) {
    return magnification(input) * Math.max(input.height(), input.width());
  }

  private int box() {
    return box(input);
  }

  int width() {
    return Math.max(LEAST_WIDTH, left(columns) - GAP + MARGIN);
  }

  int height(int images) {
    return top(images);
  }

  /** The left edge of a column; 0 is the stored image, 1 the evaluation's view. */
  int left(int column) {
    int start = MARGIN + column * (box() + GAP);
    return column < 2 ? start : start + GAP;
  }

  /** The upper edge of the pictures of an image. */
  int pictureTop(int image) {
    return top(image) + LINE;
  }

  private int top(int image) {
    int head = MARGIN + TITLE_LINE + (lines.size() + 2) * LINE;
    return head + image * (LINE + box() + targetLines * LINE + LINE);
  }

  /**
   * Draws.
   *
   * @param classes their names, by label
   * @return a PNG
   * @throws ConvoyException of kind USAGE when the sheet would be too large
   */
  byte[] draw(List<Sight> sights, List<String> classes) throws IOException {
    requireSize(sights.size());
    Canvas canvas = new Canvas(height(sights.size()), width(), GROUND);
    int room = width() - 2 * MARGIN;
    canvas.write(title, MARGIN, MARGIN, room, TITLE, INK);
    for (int line = 0; line < lines.size(); line++) {
      canvas.write(lines.get(line), MARGIN + TITLE_LINE + line * LINE, MARGIN, room, TEXT, FAINT);
    }
    heads(canvas, sights.get(0));
    for (int i = 0; i < sights.size(); i++) {
      row(canvas, i, sights.get(i), classes);
    }
    return canvas.png();
  }

  /**
   * Checks that there is room for so many images.
   *
   * @throws ConvoyException of kind USAGE when the sheet would be too large
   */
  void requireSize(int images) {
    long most = MOST_PIXELS / width();
    if (height(images) > most) {
      throw ConvoyException.usage(
          "a sheet has at most %d pixels; %d images in %d columns of %d pixels take %d x %d (height"
              + " x width): ask for fewer by --count, or for fewer epochs by --epochs",
          MOST_PIXELS, images, columns, box(), height(images), width());
    }
  }

  private void heads(Canvas canvas, Sight first) {
    int top = top(0) - LINE - LINE / 3;
    head(canvas, "stored", top, 0);
    head(canvas, "evaluation", top, 1);
    for (int e = 0; e < first.versions().size(); e++) {
      head(canvas, "epoch " + first.versions().get(e).epoch(), top, 2 + e);
    }
  }

  private void head(Canvas canvas, String text, int top, int column) {
    canvas.write(text, top, left(column), box(), TEXT, INK);
  }

  private void row(Canvas canvas, int image, Sight sight, List<String> classes) {
    int room = width() - 2 * MARGIN;
    String labels = TargetWords.labels(sight.labels(), classes);
    String name = Letters.fitting(PlainText.of(labels), room / 2 / TEXT);
    canvas.write(name, top(image), MARGIN, room, TEXT, INK);
    int behind = TEXT * (Letters.width(name) + 6);
    String place = "%sx%s  %s".formatted(sight.height(), sight.width(), sight.place());
    canvas.write(place, top(image), MARGIN + behind, room - behind, TEXT, FAINT);
    stored(canvas, image, sight);
    picture(canvas, sight.evaluation(), image, 1, magnification);
    for (int e = 0; e < sight.versions().size(); e++) {
      Sight.Version version = sight.versions().get(e);
      picture(canvas, version.picture(), image, 2 + e, magnification);
      targets(canvas, image, 2 + e, TargetWords.of(version.target(), classes));
    }
  }

  /** A small image is magnified as far as it fits. */
  private void stored(Canvas canvas, int image, Sight sight) {
    Picture picture = sight.stored();
    int times = Math.max(1, box() / Math.max(picture.height(), picture.width()));
    picture(canvas, picture, image, 0, times);
  }

  /** Draws a picture with an edge around it, so that a white one is seen to end. */
  private void picture(Canvas canvas, Picture picture, int image, int column, int times) {
    int top = pictureTop(image);
    int left = left(column);
    canvas.fill(top - 1, left - 1, picture.height() * times + 2, picture.width() * times + 2, EDGE);
    canvas.draw(picture, top, left, times);
  }

  private void targets(Canvas canvas, int image, int column, List<String> words) {
    int top = pictureTop(image) + box() + LINE / 4;
    for (int line = 0; line < Math.min(targetLines, words.size()); line++) {
      int wide = TEXT * Letters.width(PlainText.of(words.get(line)));
      int scale = wide <= box() ? TEXT : 1;
      canvas.write(words.get(line), top + line * LINE, left(column), box(), scale, INK);
    }
  }
}
