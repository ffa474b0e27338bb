package io.convoy.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.image.ImageDecoder;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.recipe.Recipe;
import io.convoy.run.RunDescription;
import io.convoy.run.Versions;
import io.convoy.train.Numerics;
import io.convoy.worker.Release;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a run may be gone on with: by the same numerics, on the same pixels, by its recipe. */
final class ResumeChecks {
  private static final Logger LOG = LoggerFactory.getLogger(ResumeChecks.class);

  private ResumeChecks() {}

  /**
   * Compares a run with the training that is to go on with it.
   *
   * @param run what messages name
   * @throws ConvoyException that names the first difference which has a part in the weights
   */
  static void requireSame(RunDescription before, Recipe recipe, String fingerprint, String run) {
    Versions versions = before.versions();
    if (versions.numerics() != Numerics.VERSION) {
      throw ConvoyException.usage(
          "%s was started with numerics version %d, this Convoy has %d: its weights would not go on"
              + " alike; resume with Convoy %s, or start a new run",
          run, versions.numerics(), Numerics.VERSION, versions.code());
    }
    requireDecoder(versions, recipe, run);
    if (!versions.code().equals(Release.OWN.code())) {
      LOG.warn(
          "{} was started with Convoy {}, this is {}; the numerics version is the same",
          run,
          versions.code(),
          Release.OWN.code());
    }
    if (!before.dataFingerprint().equals(fingerprint)) {
      throw ConvoyException.data(
          "%s was trained on other data: their SHA-256 was %s, now it is %s; give it the data it"
              + " was started with",
          run, before.dataFingerprint(), fingerprint);
    }
    ResumeRules.requireSame(withDefaults(before.recipe(), run), json(recipe), recipe, run);
  }

  /** Pixels of files are the decoder's too; those of raw formats are not. */
  private static void requireDecoder(Versions before, Recipe recipe, String run) {
    String now = ImageDecoder.decoders();
    if (recipe.data().format().decodes() && !now.equals(before.decoder())) {
      throw ConvoyException.usage(
          "%s was started with other image decoders, '%s', here they are '%s': pixels could differ,"
              + " and so the weights; resume where those are, or start a new run with another --out",
          run, before.decoder(), now);
    }
  }

  /** A run's recipe as this Convoy writes it: with keys that came later, at their defaults. */
  private static JsonNode withDefaults(JsonNode before, String run) {
    return json(Json.value(before, Recipe.class, run + "/run.json: recipe"));
  }

  /** As it is read back from a file: there, a number has no Java type. */
  static JsonNode json(Recipe recipe) {
    return Json.read(Json.bytes(recipe), JsonNode.class, "the recipe");
  }
}
