package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.data.augment.ImageStatistics;
import io.convoy.data.augment.Resizing;
import io.convoy.data.augment.Standardization;
import io.convoy.data.image.Background;
import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.Framing;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Extent;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * What turns a stored image into a network's input, and what its outputs are called: it belongs to
 * the weights, and goes with them wherever they go.
 *
 * @param height of the input in pixels
 * @param width likewise
 * @param channels 1 (grey) or 3 (RGB)
 * @param resize how an image of any size is brought to that of the input; null where it must have
 *     it
 * @param background what is seen where an image is transparent; null for white
 * @param standardization of pixels
 * @param classes the name of each output, in order
 * @param severalLabels whether an image may have several labels: each output tells by itself
 *     whether it is of its class
 */
public record Preprocessing(
    int height,
    int width,
    int channels,
    Resize resize,
    @JsonInclude(JsonInclude.Include.NON_NULL) String background,
    Standardization standardization,
    List<String> classes,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean severalLabels) {

  /** Antialiased, as Pillow's {@code BILINEAR}. */
  private static final String BILINEAR = "bilinear";

  /**
   * How an image is brought to a size.
   *
   * @param resizeShorter what its shorter side is resized to before the middle is cut out; null
   *     where all of it is stretched
   * @param resampling how pixels are computed: {@value #BILINEAR}
   * @param decode the scale at which it is decoded
   */
  public record Resize(
      @JsonInclude(JsonInclude.Include.NON_NULL) Integer resizeShorter,
      String resampling,
      DecodeScale decode) {
    public Resize {
      if (!BILINEAR.equals(resampling)) {
        throw ConvoyException.data(
            "images are resampled by '%s', which this Convoy does not know (it knows %s): take the"
                + " Convoy that wrote the checkpoint, or a later one",
            resampling, BILINEAR);
      }
      if (decode == null) {
        throw ConvoyException.data(
            "a checkpoint's resize says how images are decoded; it does not");
      }
    }
  }

  public Preprocessing {
    if (standardization == null) {
      throw ConvoyException.data("a checkpoint's preprocessing has a standardization; it has none");
    }
    standardization.requireFits(Shape.of(height, width, channels));
    classes = classes == null ? List.of() : List.copyOf(classes);
  }

  /** Of one label an image. */
  public Preprocessing(
      int height,
      int width,
      int channels,
      Resize resize,
      String background,
      Standardization standardization,
      List<String> classes) {
    this(height, width, channels, resize, background, standardization, classes, false);
  }

  /**
   * What a training does to images that are not augmented.
   *
   * @param recipe with its standardisation, measured or given
   * @param classes the names of the training set's classes, by label
   */
  public static Preprocessing of(Recipe recipe, List<String> classes) {
    Shape input = recipe.network().inputShape();
    Resizing resizing = recipe.data().resizing();
    Resize resize =
        resizing == null
            ? null
            : new Resize(
                resizing.shorter() == 0 ? null : resizing.shorter(), BILINEAR, resizing.decode());
    return new Preprocessing(
        input.height(),
        input.width(),
        input.channels(),
        resize,
        recipe.data().background(),
        recipe.standardization(),
        classes);
  }

  /**
   * A recipe that does to images what this says, whatever it said itself.
   *
   * @throws ConvoyException of kind USAGE when its network has another input
   */
  public Recipe appliedTo(Recipe recipe) {
    Shape input = recipe.network().inputShape();
    if (!input.equals(Shape.of(height, width, channels))) {
      throw ConvoyException.usage(
          "a checkpoint's preprocessing must be for its network's input: it gives %dx%dx%d, the"
              + " network takes %s (height x width x channels); restore the run's own checkpoint",
          height, width, channels, input);
    }
    return recipe.toBuilder()
        .data(recipe.data().withPreprocessing(this))
        .standardization(standardization)
        .build();
  }

  /** The shape of the network's input. */
  public Shape input() {
    return Shape.of(height, width, channels);
  }

  /** The same with other names of the classes. */
  public Preprocessing withClasses(List<String> names) {
    return new Preprocessing(
        height, width, channels, resize, background, standardization, names, severalLabels);
  }

  /** The same where images may have several labels, or not. */
  public Preprocessing withSeveralLabels(boolean several) {
    return new Preprocessing(
        height, width, channels, resize, background, standardization, classes, several);
  }

  /** The same with statistics of whole images, which are no part of the JSON. */
  public Preprocessing withStatistics(ImageStatistics measured) {
    return new Preprocessing(
        height,
        width,
        channels,
        resize,
        background,
        standardization.withStatistics(measured),
        classes,
        severalLabels);
  }

  /** How images are brought to the network's input; null where they must have it. */
  public Resizing resizing() {
    return resize == null
        ? null
        : new Resizing(
            height,
            width,
            resize.resizeShorter() == null ? 0 : resize.resizeShorter(),
            resize.decode());
  }

  /** What is made of an image: the same each time. */
  public Framing framing() {
    return resize == null ? Framing.STORED : resizing().evaluation();
  }

  /** What is seen where an image is transparent. */
  public Background seenThrough() {
    return background == null ? Background.WHITE : Background.of(background);
  }

  /** The size that images are brought to; null where they must have it. */
  Extent size() {
    return resize == null ? null : new Extent(height, width);
  }
}
