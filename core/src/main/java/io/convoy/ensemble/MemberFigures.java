package io.convoy.ensemble;

/**
 * A line of the table that compares members and their averages.
 *
 * @param name of the candidate
 * @param passes forward passes that an image costs
 * @param accuracy the share of images whose likeliest class is the true one
 * @param topFive the share of those whose true class is among the five likeliest; null where there
 *     are no more than five classes
 * @param loss the mean negative log likelihood of the true classes, in nats
 * @param calibrationError the expected calibration error, in [0, 1]
 */
public record MemberFigures(
    String name,
    int passes,
    Share accuracy,
    Share topFive,
    Estimate loss,
    double calibrationError) {
  private static final int FIVE = 5;

  static MemberFigures of(String name, int passes, Outcomes outcomes) {
    return new MemberFigures(
        name,
        passes,
        outcomes.top(1),
        outcomes.classes() > FIVE ? outcomes.top(FIVE) : null,
        outcomes.loss(),
        outcomes.calibrationError());
  }
}
