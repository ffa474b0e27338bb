package io.convoy.selection;

import io.convoy.data.augment.ImageStatistics;
import io.convoy.ensemble.WeightAverage;
import io.convoy.error.ConvoyException;
import io.convoy.format.LittleEndianFloats;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.network.StateLayout;
import io.convoy.recipe.Preprocessing;

/**
 * A network without its weights: what networks must have in common for an average of weights.
 *
 * @param name of the member
 * @param layout of its weights
 * @param network all of it, as text
 * @param inputs what is done to images, as text
 */
record Form(String name, StateLayout layout, String network, String inputs) {
  static Form of(Model model) {
    return new Form(
        model.name(),
        model.network().layout(),
        Json.text(model.network()) + model.convolution(),
        inputs(model.preprocessing()));
  }

  private static String inputs(Preprocessing preprocessing) {
    String statistics =
        preprocessing.standardization().statistics().map(Form::digest).orElse("none");
    return Json.text(preprocessing) + statistics;
  }

  private static String digest(ImageStatistics known) {
    String mean = LittleEndianFloats.sha256(known.mean());
    return known.matrix() == null ? mean : mean + LittleEndianFloats.sha256(known.matrix());
  }

  /**
   * Refuses one that differs.
   *
   * @throws ConvoyException of kind USAGE that says in what
   */
  void requireSame(Form other) {
    WeightAverage.requireSame(name, layout, other.name, other.layout);
    if (!network.equals(other.network)) {
      throw ConvoyException.usage(
          "weights can only be averaged over members of one network: %s and %s have the same arrays,"
              + " but other layers or ways to compute them: average their outputs instead",
          name, other.name);
    }
    if (!inputs.equals(other.inputs)) {
      throw ConvoyException.usage(
          "weights can only be averaged over members that see images alike: %s and %s standardize or"
              + " resize them otherwise (a standardization is measured on what each run trains on:"
              + " the same where runs have one validation.seed): average their outputs instead",
          name, other.name);
    }
  }
}
