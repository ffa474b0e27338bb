package io.convoy.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.pretrained.StartReport;

/**
 * What a run is, {@code run.json}: written once, when the run is created. With it a result can be
 * computed again.
 *
 * @param recipe the whole recipe, defaults and overrides included
 * @param seed where all randomness comes from
 * @param dataFingerprint SHA-256 of the training set
 * @param versions what the run was started with
 * @param start the weights of others that it started from; null for none
 */
public record RunDescription(
    JsonNode recipe,
    long seed,
    String dataFingerprint,
    Versions versions,
    @JsonInclude(JsonInclude.Include.NON_NULL) StartReport start) {

  /** Of a run that starts from no weights of others. */
  public RunDescription(JsonNode recipe, long seed, String dataFingerprint, Versions versions) {
    this(recipe, seed, dataFingerprint, versions, null);
  }
}
