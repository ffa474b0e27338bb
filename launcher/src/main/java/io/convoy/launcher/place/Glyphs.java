package io.convoy.launcher.place;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.glyphs.SyntheticGlyphs;
import io.convoy.launcher.terminal.Console;
import io.convoy.tensor.Shape;
import java.nio.file.Path;

/** The images that Convoy draws itself for recipes of {@code format: glyphs}. */
final class Glyphs {
  private static final int TRAIN_PER_CLASS = 600;
  private static final int TEST_PER_CLASS = 100;
  private static final long SEED = 1;

  private Glyphs() {}

  /** The name of the folder of glyphs of a shape. */
  static String folderName(Shape images) {
    return "glyphs-%sx%sx%s".formatted(images.height(), images.width(), images.channels());
  }

  /**
   * Draws the images where they are missing.
   *
   * @param images the shape of each, {@code [height, width, channels]}
   * @throws ConvoyException of kind USAGE when glyphs have no such shape or the folder holds
   *     anything else, of kind RESOURCE when it cannot be written
   */
  static void drawIfMissing(Path folder, Shape images, Console console) {
    if (images.isVector() || images.height() != images.width()) {
      throw ConvoyException.usage(
          "network.input: drawn glyphs are square images [size, size, channels]; got %s", images);
    }
    SyntheticGlyphs.Plan plan =
        new SyntheticGlyphs.Plan(
            TRAIN_PER_CLASS, TEST_PER_CLASS, images.height(), images.channels(), SEED);
    boolean drawn =
        SyntheticGlyphs.draw(
            folder,
            plan,
            done -> {
              if (done % 1000 == 0) {
                console.tell("drawing images: %s of %s".formatted(done, plan.images()));
              }
            });
    if (drawn) {
      console.tell(
          "drew %s images of ten classes of glyphs into %s; they are drawings, no photographs"
              .formatted(plan.images(), folder));
    }
  }
}
