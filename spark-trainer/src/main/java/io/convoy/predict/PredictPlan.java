package io.convoy.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.inference.TestTime;

/**
 * All that the rows follow from: a job that was killed goes on where it is the same.
 *
 * @param version of Convoy's numerics
 * @param model SHA-256 of it
 * @param listing SHA-256 of what is known of the images without reading them
 * @param parts that the images are cut into
 * @param format of the files
 * @param top classes that are named
 * @param logits whether they come out
 * @param probabilities likewise
 * @param embedding the layer whose output comes out
 * @param testTime which versions of an image are looked at; null where that is the image alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PredictPlan(
    @JsonProperty(required = true) int version,
    @JsonProperty(required = true) String model,
    @JsonProperty(required = true) String listing,
    @JsonProperty(required = true) int parts,
    @JsonProperty(required = true) RowFormat format,
    @JsonProperty(required = true) int top,
    @JsonProperty(required = true) boolean logits,
    @JsonProperty(required = true) boolean probabilities,
    String embedding,
    TestTime testTime) {}
