package io.convoy.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.SampleSource;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What can be looked at of a trained network: images that it is wrong about, its first filters,
 * what its layers make of an image, and where it looks. A function of the model, the images and
 * which of them are asked for.
 */
public final class NetworkPictures {
  /** Images whose maps are shown. */
  private static final int MAPPED = 8;

  /** Layers whose maps are shown, and maps of each. */
  private static final int LAYERS = 8;

  private static final int MAPS = 12;
  private static final int FILTERS = 64;

  /** Multiply-adds that occlusion may take for all images together: some seconds. */
  private static final double OCCLUSION_LIMIT = 2e11;

  private static final double OPACITY = 0.6;

  private final Model model;
  private final SampleSource images;
  private final Kernels kernels;
  private final WorkPool pool;
  private final Shape shape;

  /**
   * @param model weights for inference
   * @param images of the test set, or what was held back
   */
  public NetworkPictures(Model model, SampleSource images, Kernels kernels, WorkPool pool) {
    this.model = model;
    this.images = images;
    this.kernels = kernels;
    this.pool = pool;
    this.shape = model.network().inputShape();
  }

  /**
   * All of them, as a report shows them; nothing of images that have neither one channel nor three.
   *
   * @param mistakes numbers of images that the model is wrong about, the most confident first
   */
  public ObjectNode of(int[] mistakes) {
    ObjectNode pictures = Json.object();
    if (!shape.isImage() || !paintable()) {
      return pictures;
    }
    int[] shown = mapped();
    int[] all = IntStream.concat(IntStream.of(mistakes), IntStream.of(shown)).distinct().toArray();
    List<byte[]> bytes = SeenImages.of(model, images, all);
    ArrayNode wrong = pictures.putArray("mistakes");
    for (int i = 0; i < mistakes.length; i++) {
      wrong.addObject().put("sample", mistakes[i]).put("image", image(bytes.get(i)));
    }
    filters(pictures);
    if (shown.length > 0) {
      Map<Integer, byte[]> known = new HashMap<>();
      for (int i = 0; i < all.length; i++) {
        known.put(all[i], bytes.get(i));
      }
      features(pictures, known.get(shown[0]));
      maps(pictures, shown, known);
    }
    return pictures;
  }

  private boolean paintable() {
    return shape.channels() == 1 || shape.channels() == 3;
  }

  /** The first image of each of the first classes. */
  private int[] mapped() {
    boolean[] seen = new boolean[images.classes().size()];
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < images.size() && rows.size() < MAPPED; row++) {
      int[] labels = images.labels(row);
      if (labels.length > 0 && !seen[labels[0]]) {
        seen[labels[0]] = true;
        rows.add(row);
      }
    }
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  private String image(byte[] bytes) {
    return Thumbnail.address(Painting.image(bytes, shape));
  }

  private void filters(ObjectNode pictures) {
    Filters filters;
    try {
      filters = Filters.of(model);
    } catch (ConvoyException e) {
      return; // a network without a convolution
    }
    ObjectNode object = pictures.putObject("filters").put("layer", filters.layer());
    object.put("count", filters.weights().length);
    ArrayNode shown = object.putArray("images");
    for (int f = 0; f < filters.weights().length && shown.size() < FILTERS; f++) {
      Painting.filter(filters, f).stream().limit(1).map(Thumbnail::address).forEach(shown::add);
    }
  }

  private void features(ObjectNode pictures, byte[] image) {
    List<String> chosen = FeatureMaps.usualLayers(model, LAYERS);
    ObjectNode object = pictures.putObject("features").put("image", image(image));
    ArrayNode layers = object.putArray("layers");
    for (FeatureMaps maps : FeatureMaps.of(model, chosen, image, kernels, pool)) {
      ObjectNode layer = layers.addObject().put("layer", maps.layer());
      layer.put("shape", maps.shape().toString());
      ArrayNode shown = layer.putArray("maps");
      for (int channel = 0; channel < Math.min(MAPS, maps.count()); channel++) {
        shown.add(Thumbnail.address(Painting.spread(maps.map(channel))));
      }
    }
  }

  private void maps(ObjectNode pictures, int[] rows, Map<Integer, byte[]> known) {
    GradCam gradCam = gradCam();
    Saliency saliency = new Saliency(model, kernels, pool);
    Occlusion occlusion =
        occlusionIsCheap(rows.length) ? new Occlusion(model, kernels, pool) : null;
    ObjectNode object = pictures.putObject("maps");
    object.put("gradCamLayer", gradCam == null ? null : gradCam.layer());
    object.put("occlusion", occlusion != null);
    ArrayNode all = object.putArray("images");
    for (int sample : rows) {
      byte[] bytes = known.get(sample);
      ClassMap salient = saliency.of(bytes, OptionalInt.empty());
      OptionalInt same = OptionalInt.of(salient.label());
      ObjectNode row = all.addObject().put("sample", sample);
      row.put("label", name(images.labels(sample)[0]));
      row.put("guess", name(salient.label())).put("probability", salient.probability());
      row.put("image", image(bytes)).put("saliency", overlay(bytes, salient.map()));
      if (gradCam != null) {
        row.put("gradCam", overlay(bytes, gradCam.of(bytes, same).map()));
      }
      if (occlusion != null) {
        row.put("hidden", overlay(bytes, occlusion.of(bytes, same).map()));
      }
    }
  }

  private GradCam gradCam() {
    try {
      return new GradCam(model, null, kernels, pool);
    } catch (ConvoyException e) {
      return null; // no layer has an image
    }
  }

  private boolean occlusionIsCheap(int count) {
    int size = Occlusion.usualSize(shape);
    int step = Math.max(1, size / 3);
    double squares =
        Math.ceil((double) shape.height() / step) * Math.ceil((double) shape.width() / step);
    double each =
        model.network().inferenceNodes().stream()
            .mapToDouble(node -> node.layer().multiplyAdds(node.inputShapes()))
            .sum();
    return count * squares * each <= OCCLUSION_LIMIT;
  }

  private String overlay(byte[] bytes, Heatmap map) {
    RgbImage painted = Painting.overlay(bytes, shape, map, OPACITY);
    return Thumbnail.address(painted);
  }

  private String name(int label) {
    return label < images.classes().size() ? images.classes().get(label) : Integer.toString(label);
  }
}
