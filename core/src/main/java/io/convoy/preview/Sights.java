package io.convoy.preview;

import io.convoy.data.SampleSource;
import io.convoy.data.SampleWindow;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.image.View;
import io.convoy.data.raster.Crop;
import io.convoy.feed.BatchPlan;
import io.convoy.feed.ChosenSamples;
import io.convoy.feed.SampleFeed;
import io.convoy.recipe.Recipe;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads images as a training does, by its feed and its loader; but values stay in [0, 1] instead of
 * being standardised, so that they can be looked at.
 */
public final class Sights {
  private final Recipe recipe;
  private final SampleSource training;
  private final int box;
  private final Shape input;
  private final SampleLoader loader;

  /**
   * @param training what is trained on, without what is held back
   * @param box height and width in pixels that stored images are fit into
   */
  public Sights(Recipe recipe, SampleSource training, int box) {
    this.recipe = recipe;
    this.training = training;
    this.box = box;
    input = recipe.network().inputShape();
    float[] zeros = new float[input.channels()];
    float[] ones = new float[input.channels()];
    Arrays.fill(ones, 1);
    loader =
        new SampleLoader(
            training,
            input,
            recipe.data().resizing(),
            new StandardScore(zeros, ones),
            recipe.augmentation(),
            recipe.seed());
  }

  /**
   * The images, in the order of the choice.
   *
   * @param epochs from 0, in which training sees them
   * @throws io.convoy.error.ConvoyException when one cannot be read
   */
  public List<Sight> of(Choice choice, int[] epochs) {
    Augmentation augmentation = recipe.augmentation();
    boolean mixes = augmentation.mixup() != null || augmentation.cutmix() != null;
    int[] rows = choice.rows();
    ChosenSamples samples =
        mixes
            ? ChosenSamples.withPartners(BatchPlan.of(recipe, training.rowGroups()), rows, epochs)
            : ChosenSamples.alone(rows, epochs);
    List<Sight> sights = new ArrayList<>();
    try (SampleFeed feed = SampleFeed.of(loader, samples, 1)) {
      for (int i = 0; i < rows.length; i++) {
        List<Sight.Version> versions = new ArrayList<>();
        for (int e = 0; e < epochs.length; e++) {
          versions.add(version(feed, samples.number(i, e), epochs[e]));
        }
        sights.add(sight(rows[i], choice.labels()[i], versions));
      }
    }
    return sights;
  }

  private Sight.Version version(SampleFeed feed, long number, int epoch) {
    Tensor batch = Tensor.of(1, input);
    feed.begin(number, 0);
    Target target = feed.load(0, batch, 0, 0);
    return new Sight.Version(epoch, Picture.of(batch), target);
  }

  private Sight sight(int row, int[] labels, List<Sight.Version> versions) {
    try (SampleWindow window = training.open(new int[] {row})) {
      SampleLoader plain = loader.plain();
      Tensor batch = Tensor.of(1, input);
      plain.write(plain.read(window, row, 0, plain.newScratch()), batch, 0);
      Fit fit = new Fit(box);
      Pixels stored = new Pixels();
      window.read(row, fit, stored);
      Picture picture =
          new Picture(
              stored.shape().height(),
              stored.shape().width(),
              stored.shape().channels(),
              Arrays.copyOf(stored.bytes(), stored.shape().elements()));
      return new Sight(
          labels,
          training.describe(row),
          fit.height,
          fit.width,
          picture,
          Picture.of(batch),
          versions);
    }
  }

  /** The whole image, made smaller where it does not fit into a box; keeps the image's size. */
  private static final class Fit implements Framing {
    private final int box;
    private int height;
    private int width;

    Fit(int box) {
      this.box = box;
    }

    @Override
    public View view(int imageHeight, int imageWidth) {
      height = imageHeight;
      width = imageWidth;
      int longer = Math.max(imageHeight, imageWidth);
      return longer <= box
          ? View.stored(imageHeight, imageWidth)
          : View.cropped(
              Crop.whole(imageHeight, imageWidth),
              fit(imageHeight, longer),
              fit(imageWidth, longer),
              DecodeScale.FULL);
    }

    private int fit(int side, int longer) {
      return Math.max(1, (int) (((long) side * box + longer / 2) / longer));
    }
  }
}
