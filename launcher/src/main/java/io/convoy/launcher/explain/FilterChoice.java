package io.convoy.launcher.explain;

import io.convoy.error.ConvoyException;
import io.convoy.explain.FeatureMaps;
import io.convoy.inference.Model;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import java.util.List;

/**
 * A filter.
 *
 * @param channel its number, from 0
 */
record FilterChoice(String layer, int channel) {
  /**
   * The filters that are named; where none is, those of a layer that an image excites most.
   *
   * @param layer of which some are taken; null for none
   * @throws ConvoyException of kind USAGE when a name is none
   */
  static List<FilterChoice> of(
      ExplainWishes wishes, Model model, String layer, byte[] image, WorkPool pool) {
    if (!wishes.named().isEmpty()) {
      return wishes.named().stream().map(FilterChoice::parse).distinct().toList();
    }
    if (layer == null || wishes.filters() == 0) {
      return List.of();
    }
    FeatureMaps maps =
        FeatureMaps.of(model, List.of(layer), image, KernelProvider.kernels(), pool).get(0);
    return maps.strongest(wishes.filters()).stream()
        .map(channel -> new FilterChoice(layer, channel))
        .toList();
  }

  private static FilterChoice parse(String name) {
    int colon = name.lastIndexOf(':');
    String number = name.substring(colon + 1);
    if (colon < 1 || !number.matches("[0-9]{1,9}")) {
      throw ConvoyException.usage(
          "--filter is LAYER:NUMBER, such as conv1:0, with numbers from 0; got '%s'", name);
    }
    return new FilterChoice(name.substring(0, colon), Integer.parseInt(number));
  }
}
