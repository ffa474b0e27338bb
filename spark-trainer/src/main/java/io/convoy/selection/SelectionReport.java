package io.convoy.selection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.ensemble.Contender;
import io.convoy.ensemble.Estimate;
import io.convoy.ensemble.GreedySoup;
import io.convoy.ensemble.Recommendation;
import io.convoy.ensemble.Share;
import java.util.List;

/**
 * How an ensemble was chosen, {@code selection.json}: a function of the runs and of what was asked
 * for. Members are counted from 1, as in the table.
 *
 * @param selection which checkpoints of each run, such as {@code last:5}
 * @param images that have decided; all figures are of these
 * @param decidedBy which images these are
 * @param members what was chosen among
 * @param candidates the table
 * @param recommendation what to take, and why
 * @param recommended the name of the candidate that it means
 * @param taken the name of the candidate that the folder holds
 * @param soup what the soup has tried, in order; absent where none was made
 * @param notes what was left out, and why; mostly none
 */
public record SelectionReport(
    String selection,
    int images,
    DecidedBy decidedBy,
    List<MemberLine> members,
    List<Line> candidates,
    Recommendation recommendation,
    String recommended,
    String taken,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<TrialLine> soup,
    List<String> notes) {

  /**
   * Images that have decided.
   *
   * @param validation a set of its own, as it was named; absent where all that the runs hold back
   *     has decided
   * @param sha256 of that set, or of the runs' training set, in hexadecimal
   */
  public record DecidedBy(
      @JsonInclude(JsonInclude.Include.NON_NULL) String validation, String sha256) {}

  /**
   * A member.
   *
   * @param member its number, from 1
   * @param run as it was given
   * @param step of the checkpoint
   */
  public record MemberLine(int member, String run, long step) {}

  /**
   * A candidate.
   *
   * @param name by which it can be taken
   * @param text what it is
   * @param takeable whether it is a choice
   * @param kind what is averaged
   * @param members those in it
   * @param weights theirs, of an average of outputs; of one of weights, the one of its network
   * @param temperatures of the same, which their logits are divided by
   * @param temperature of the average
   * @param passes forward passes that an image costs
   * @param accuracy the share of images whose likeliest class is the true one
   * @param topFive whose true class is among the five likeliest; null up to five classes
   * @param loss the mean negative log likelihood, in nats
   * @param calibrationError the expected calibration error, in [0, 1]
   */
  public record Line(
      String name,
      String text,
      boolean takeable,
      Contender.Kind kind,
      List<Integer> members,
      List<Double> weights,
      List<Double> temperatures,
      double temperature,
      int passes,
      Share accuracy,
      Share topFive,
      Estimate loss,
      double calibrationError) {
    static Line of(Contender contender) {
      return new Line(
          contender.key(),
          contender.candidate().name(),
          contender.takeable(),
          contender.kind(),
          fromOne(contender.members()),
          contender.average().weights(),
          contender.average().temperatures(),
          contender.average().temperature(),
          contender.candidate().passes(),
          contender.figures().accuracy(),
          contender.figures().topFive(),
          contender.figures().loss(),
          contender.figures().calibrationError());
    }
  }

  /**
   * A member that a soup has tried.
   *
   * @param member its number, from 1
   * @param accuracy of the soup with it
   * @param taken whether it stayed
   */
  public record TrialLine(int member, double accuracy, boolean taken) {
    static TrialLine of(GreedySoup.Trial trial) {
      return new TrialLine(trial.member() + 1, trial.accuracy(), trial.taken());
    }
  }

  private static List<Integer> fromOne(List<Integer> members) {
    return members.stream().map(member -> member + 1).toList();
  }
}
