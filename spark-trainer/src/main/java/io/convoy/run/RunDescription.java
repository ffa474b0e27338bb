package io.convoy.run;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a run is, {@code run.json}: written once, when the run is created. With it a result can be
 * computed again.
 *
 * @param recipe the whole recipe, defaults and overrides included
 * @param seed where all randomness comes from
 * @param dataFingerprint SHA-256 of the training set
 * @param versions what the run was started with
 */
public record RunDescription(
    JsonNode recipe, long seed, String dataFingerprint, Versions versions) {}
