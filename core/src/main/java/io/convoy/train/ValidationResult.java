package io.convoy.train;

/**
 * What the samples that are held back have shown of a checkpoint: of its averaged weights where the
 * recipe has {@code ema} or {@code swa}.
 *
 * @param step of the checkpoint
 * @param samples held back
 * @param loss the mean of the plain cross-entropy over them; with several labels an image, of the
 *     binary one
 * @param accuracy the share of them whose largest logit is the true class's, in [0, 1]; with
 *     several labels, of those that have logits above 0 for theirs alone
 */
public record ValidationResult(long step, long samples, double loss, double accuracy) {
  /** Of a checkpoint. */
  public static ValidationResult of(long step, Evaluator.Result result) {
    return new ValidationResult(step, result.samples(), result.loss(), result.accuracy());
  }
}
