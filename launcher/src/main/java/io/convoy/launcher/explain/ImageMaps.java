package io.convoy.launcher.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.explain.ClassMap;
import io.convoy.explain.FeatureMaps;
import io.convoy.explain.GradCam;
import io.convoy.explain.Heatmap;
import io.convoy.explain.Mosaic;
import io.convoy.explain.Occlusion;
import io.convoy.explain.Painting;
import io.convoy.explain.RgbImage;
import io.convoy.explain.Saliency;
import io.convoy.inference.ClassProbability;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Where a network looks in an image, and what its layers make of it. */
final class ImageMaps {
  /** Layers whose feature maps are shown where none is named. */
  private static final int LAYERS = 8;

  private static final int COLUMNS = 8;
  private static final int GUESSES = 5;
  private static final double OPACITY = 0.6;

  /** Pixels of pictures in the page. */
  private static final int SIDE = 224;

  private static final int SHEET = 320;

  /** Pixels of a feature map's shorter side in its sheet, at the least. */
  private static final int LEAST = 28;

  private final Model model;
  private final Shape shape;
  private final ExplainWishes wishes;
  private final PictureFiles pictures;
  private final OptionalInt label;
  private final List<String> layers;
  private final int square;
  private final int stride;
  private final GradCam gradCam;
  private final Occlusion occlusion;
  private final Saliency saliency;
  private final Kernels kernels = KernelProvider.kernels();
  private final WorkPool pool;

  /**
   * Takes the memory.
   *
   * @throws ConvoyException of kind USAGE when the model has not what is wished for
   */
  ImageMaps(Model model, ExplainWishes wishes, PictureFiles pictures, WorkPool pool) {
    this.model = model;
    this.wishes = wishes;
    this.pictures = pictures;
    this.pool = pool;
    shape = model.network().inputShape();
    label = ClassNumber.of(wishes.label(), model);
    gradCam = gradCam(model, wishes.layer(), kernels, pool);
    layers =
        wishes.layer() == null ? FeatureMaps.usualLayers(model, LAYERS) : List.of(wishes.layer());
    square = wishes.square() == null ? Occlusion.usualSize(shape) : wishes.square();
    stride = wishes.stride() == null ? Math.max(1, square / 3) : wishes.stride();
    occlusion = new Occlusion(model, square, stride, kernels, pool);
    saliency = new Saliency(model, kernels, pool);
  }

  /** Null where no layer that Grad-CAM could take has pixels, and none was asked for. */
  private static GradCam gradCam(Model model, String layer, Kernels kernels, WorkPool pool) {
    try {
      return new GradCam(model, layer, kernels, pool);
    } catch (ConvoyException e) {
      if (layer == null && e.kind() == ConvoyException.Kind.USAGE) {
        return null;
      }
      throw e;
    }
  }

  /** The layer of Grad-CAM; null where there is none. */
  String layer() {
    return gradCam == null ? null : gradCam.layer();
  }

  /** Adds how images are looked at. */
  void describe(ObjectNode figures) {
    figures.put("input", shape.toString()).put("classes", model.classes().size());
    figures.put("gradCamLayer", layer());
    figures.put("square", square).put("stride", stride);
    figures.put("wanted", label.isPresent() ? model.classes().get(label.getAsInt()) : null);
    figures.put("severalLabels", model.severalLabels());
  }

  /** The figures of an image, and the names of its pictures. */
  ObjectNode of(SeenFile image) {
    byte[] bytes = image.bytes();
    ObjectNode object = Json.object().put("number", image.number()).put("place", image.place());
    object.put("files", image.stem());
    List<String> classes = model.classes();
    object.set("guesses", Json.tree(ClassProbability.top(image.probabilities(), classes, GUESSES)));
    ClassMap salient = saliency.of(bytes, label);
    OptionalInt same = OptionalInt.of(salient.label());
    object.put("explained", classes.get(salient.label()));
    object.put("probability", image.probabilities()[salient.label()]);
    object.put("seen", add(image, "seen", Painting.image(bytes, shape)));
    if (gradCam != null) {
      object.put("gradCam", add(image, "grad-cam", overlay(bytes, gradCam.of(bytes, same).map())));
    }
    object.put(
        "occlusion", add(image, "occlusion", overlay(bytes, occlusion.of(bytes, same).map())));
    object.put("saliency", add(image, "saliency", overlay(bytes, salient.map())));
    features(image, object.putArray("features"));
    return object;
  }

  private String add(SeenFile image, String kind, RgbImage picture) {
    return pictures.add(image.stem() + "-" + kind, picture, SIDE);
  }

  private RgbImage overlay(byte[] bytes, Heatmap map) {
    return Painting.overlay(bytes, shape, map, OPACITY);
  }

  private void features(SeenFile image, ArrayNode to) {
    int number = 0;
    for (FeatureMaps maps : FeatureMaps.of(model, layers, image.bytes(), kernels, pool)) {
      int shown = Math.min(wishes.maps(), maps.count());
      List<RgbImage> painted =
          IntStream.range(0, shown)
              .mapToObj(channel -> Painting.spread(maps.map(channel)))
              .toList();
      String name =
          String.format(
              Locale.ROOT,
              "%s-features-%02d-%s",
              image.stem(),
              ++number,
              PictureFiles.clean(maps.layer()));
      ObjectNode layer = to.addObject().put("layer", maps.layer());
      layer.put("shape", maps.shape().toString()).put("channels", maps.count());
      layer.put("shown", shown);
      layer.put("picture", pictures.add(name, Mosaic.of(painted, COLUMNS, LEAST), SHEET));
    }
  }
}
