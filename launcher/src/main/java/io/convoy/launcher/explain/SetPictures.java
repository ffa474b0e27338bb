package io.convoy.launcher.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.explain.ExcitingImages;
import io.convoy.explain.ExcitingImages.Excited;
import io.convoy.explain.Mosaic;
import io.convoy.explain.Painting;
import io.convoy.explain.RgbImage;
import io.convoy.explain.SeenImages;
import io.convoy.explain.Thumbnail;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.progress.Quantity;
import io.convoy.launcher.progress.TransferProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Pictures of a set's images: those that excite a filter, and those near another image. */
final class SetPictures {
  private static final int COLUMNS = 3;

  /** Pixels of an image's shorter side in a sheet, at the least. */
  private static final int LEAST = 56;

  private final Model model;
  private final ExplainedSet set;
  private final PictureFiles pictures;
  private final Map<String, List<Integer>> sheets = new LinkedHashMap<>();

  SetPictures(Model model, ExplainedSet set, PictureFiles pictures) {
    this.model = model;
    this.set = set;
    this.pictures = pictures;
  }

  /**
   * Adds the images that excite filters most.
   *
   * @param filters what is said of them, to which images are added
   */
  void excite(
      List<FilterChoice> choices,
      List<ObjectNode> filters,
      TransferProgress progress,
      WorkPool pool) {
    Map<String, List<ExcitingImages>> known = new HashMap<>();
    for (int i = 0; i < choices.size(); i++) {
      FilterChoice choice = choices.get(i);
      List<ExcitingImages> ofLayer = known.get(choice.layer());
      if (ofLayer == null) {
        progress.start(
            "looking for what excites " + choice.layer(), 0, set.shown().size(), Quantity.IMAGES);
        ofLayer =
            ExcitingImages.of(
                model,
                choice.layer(),
                set.shown(),
                ExcitingImages.USUAL,
                progress::at,
                KernelProvider.kernels(),
                pool);
        known.put(choice.layer(), ofLayer);
      }
      List<Excited> excited = ofLayer.get(choice.channel()).images();
      List<Integer> indices = excited.stream().map(Excited::row).toList();
      ArrayNode images = set.said(indices);
      for (int k = 0; k < images.size(); k++) {
        Excited one = excited.get(k);
        ((ObjectNode) images.get(k))
            .put("excitement", one.excitement())
            .put("outputRow", one.outputRow())
            .put("outputColumn", one.outputColumn());
      }
      String sheet = FilterPictures.name(i, choice) + "-images";
      filters.get(i).put("sheet", sheet + ".png").set("images", images);
      sheets.put(sheet, indices);
    }
  }

  /** Adds images that lie near another one; nothing where there is none. */
  void near(ObjectNode image, List<Integer> indices, List<Double> distances) {
    ArrayNode images = set.said(indices);
    for (int k = 0; k < images.size(); k++) {
      ((ObjectNode) images.get(k)).put("distance", distances.get(k));
    }
    image.set("neighbours", images);
    if (!indices.isEmpty()) {
      String sheet = image.get("files").asText() + "-neighbours";
      image.put("neighbourSheet", sheet + ".png");
      sheets.put(sheet, indices);
    }
  }

  /**
   * Reads all that were added, and paints their sheets.
   *
   * @return their addresses in a page, by row
   */
  JsonNode paint() {
    List<Integer> all =
        new ArrayList<>(new TreeSet<>(sheets.values().stream().flatMap(List::stream).toList()));
    List<byte[]> seen =
        SeenImages.of(model, set.shown(), all.stream().mapToInt(Integer::intValue).toArray());
    Map<Integer, RgbImage> painted = new HashMap<>();
    ObjectNode addresses = Json.object();
    IntStream.range(0, all.size())
        .forEach(
            i -> {
              RgbImage image = Painting.image(seen.get(i), model.network().inputShape());
              painted.put(all.get(i), image);
              addresses.put(Integer.toString(set.row(all.get(i))), Thumbnail.photograph(image));
            });
    sheets.forEach(
        (name, indices) ->
            pictures.add(
                name, Mosaic.of(indices.stream().map(painted::get).toList(), COLUMNS, LEAST)));
    return addresses;
  }
}
