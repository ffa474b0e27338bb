package io.convoy.launcher.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.explain.Ascent;
import io.convoy.explain.ExcitingInput;
import io.convoy.explain.FilterAscent;
import io.convoy.explain.Filters;
import io.convoy.explain.Mosaic;
import io.convoy.explain.Painting;
import io.convoy.explain.RgbImage;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.progress.Quantity;
import io.convoy.launcher.progress.TransferProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What filters look like, and what excites them. */
final class FilterPictures {
  private static final int MOST = 64;
  private static final int COLUMNS = 16;

  /** Pixels of a filter's shorter side in the sheet, at the least. */
  private static final int LEAST = 28;

  /** Pixels of pictures in the page. */
  private static final int SIDE = 224;

  private static final int SHEET = 480;

  private FilterPictures() {}

  /** How the names of a filter's pictures begin. */
  static String name(int number, FilterChoice filter) {
    return String.format(
        Locale.ROOT,
        "filter-%02d-%s-%s",
        number + 1,
        PictureFiles.clean(filter.layer()),
        filter.channel());
  }

  /**
   * The filters of the first convolution: in colour where they read three channels, else what they
   * read of the first one. Empty where a network has none.
   */
  static Optional<ObjectNode> first(Model model, PictureFiles pictures) {
    Filters filters;
    try {
      filters = Filters.of(model);
    } catch (ConvoyException e) {
      return Optional.empty();
    }
    List<RgbImage> painted =
        IntStream.range(0, Math.min(MOST, filters.weights().length))
            .mapToObj(number -> Painting.filter(filters, number).get(0))
            .toList();
    ObjectNode object = Json.object().put("layer", filters.layer());
    object.put("count", filters.weights().length).put("shown", painted.size());
    object.put("shape", filters.shape().toString());
    String name = "filters-" + PictureFiles.clean(filters.layer());
    object.put("picture", pictures.add(name, Mosaic.of(painted, COLUMNS, LEAST), SHEET));
    return Optional.of(object);
  }

  /**
   * Inputs that excite filters.
   *
   * @param steps of each ascent
   * @throws ConvoyException of kind USAGE when the network has no such filter
   */
  static List<ObjectNode> exciting(
      Model model,
      List<FilterChoice> choices,
      int steps,
      PictureFiles pictures,
      TransferProgress progress,
      WorkPool pool) {
    Ascent usual = Ascent.USUAL;
    Ascent ascent = new Ascent(steps, usual.rate(), usual.decay(), usual.jitter(), usual.seed());
    List<ObjectNode> all = new ArrayList<>();
    progress.start("exciting filters", 0, choices.size(), Quantity.FILTERS);
    for (FilterChoice choice : choices) {
      ExcitingInput input =
          new FilterAscent(model, choice.layer(), ascent, KernelProvider.kernels(), pool)
              .of(choice.channel());
      ObjectNode object = Json.object().put("layer", choice.layer());
      object.put("filter", choice.channel()).put("steps", steps);
      object.put("before", input.before()).put("after", input.after());
      String name = name(all.size(), choice) + "-input";
      object.put("picture", pictures.add(name, Painting.input(input), SIDE));
      all.add(object);
      progress.at(all.size());
    }
    return all;
  }
}
