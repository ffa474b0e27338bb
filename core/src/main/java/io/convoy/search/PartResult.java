package io.convoy.search;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a trial has come to at a rung, on one fold or on what is held back.
 *
 * @param trial its number
 * @param part the fold, from 0
 * @param epochs done
 * @param loss the mean of the plain cross-entropy over the validated images; null where it failed
 * @param accuracy the share of them that is right; null where it failed
 * @param seconds of this rung
 * @param failure why it cannot go on; null where it can
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PartResult(
    int trial, int part, int epochs, Double loss, Double accuracy, double seconds, String failure) {
  /** Whether it has failed. */
  @JsonIgnore
  public boolean isFailed() {
    return failure != null;
  }
}
