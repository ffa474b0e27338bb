package io.convoy.ensemble;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.convoy.ensemble.ValidationScore.Goal;
import io.convoy.error.ConvoyException;
import io.convoy.error.Nearest;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which checkpoints of a run become members, by name: {@code last:5}. */
public sealed interface MemberSelection {
  /** The checkpoints of the {@code count} last steps; {@code last:5}. */
  record Last(int count) implements MemberSelection {
    public Last {
      requireCount("last", count);
    }

    @Override
    public List<RatedCheckpoint> from(List<RatedCheckpoint> saved, Goal goal, String run) {
      requireEnough(
          count,
          saved,
          this + " needs checkpoints",
          run,
          "select fewer, or keep more (checkpoint.keep)");
      return ascending(saved).subList(saved.size() - count, saved.size());
    }

    @Override
    @JsonValue
    public String toString() {
      return "last:" + count;
    }
  }

  /** The {@code count} best by validation, of equal ones the earlier; {@code best:3}. */
  record Best(int count) implements MemberSelection {
    public Best {
      requireCount("best", count);
    }

    /** The best first. */
    @Override
    public List<RatedCheckpoint> from(List<RatedCheckpoint> saved, Goal goal, String run) {
      List<RatedCheckpoint> rated = rated(saved);
      requireEnough(
          count,
          rated,
          this + " needs checkpoints with a finite validation loss",
          run,
          "select fewer, or train with validation and keep more (checkpoint.keep)");
      Comparator<RatedCheckpoint> better =
          Comparator.comparing(RatedCheckpoint::score, ValidationScore.betterFirst(goal));
      return rated.stream()
          .sorted(better.thenComparingLong(RatedCheckpoint::step))
          .limit(count)
          .toList();
    }

    @Override
    @JsonValue
    public String toString() {
      return "best:" + count;
    }
  }

  /** Any of them, as {@link GreedySelection} takes them: their outputs are averaged. */
  record Greedy() implements MemberSelection {
    @Override
    public List<RatedCheckpoint> from(List<RatedCheckpoint> saved, Goal goal, String run) {
      requireEnough(1, saved, this + " needs checkpoints", run, "train it first");
      return ascending(saved);
    }

    @Override
    @JsonValue
    public String toString() {
      return "greedy";
    }
  }

  /** Those that end a cycle of the learning rate: snapshots (Huang et al. 2017). */
  record Cycles() implements MemberSelection {
    @Override
    public List<RatedCheckpoint> from(List<RatedCheckpoint> saved, Goal goal, String run) {
      List<RatedCheckpoint> ends = saved.stream().filter(RatedCheckpoint::endsCycle).toList();
      requireEnough(
          1,
          ends,
          this + " needs checkpoints at the end of a cycle of the learning rate",
          run,
          "train with a cyclic schedule, or select others");
      return ascending(ends);
    }

    @Override
    @JsonValue
    public String toString() {
      return "cycles";
    }
  }

  /** Any of them, as {@link GreedySoup} takes them: their weights are averaged. */
  record Soup() implements MemberSelection {
    @Override
    public List<RatedCheckpoint> from(List<RatedCheckpoint> saved, Goal goal, String run) {
      requireEnough(1, saved, this + " needs checkpoints", run, "train it first");
      return ascending(saved);
    }

    @Override
    @JsonValue
    public String toString() {
      return "soup";
    }
  }

  /** All of them, as a command line gives them. */
  List<String> FORMS = List.of("last:N", "best:N", "greedy", "cycles", "soup");

  /**
   * Reads one as a command line or a file gives it: {@code last:5}.
   *
   * @throws ConvoyException of kind USAGE when it is none; the message lists them
   */
  @JsonCreator
  static MemberSelection of(String text) {
    Matcher parts = Pattern.compile("([a-z]+)(?::(\\d{1,9}))?").matcher(text);
    if (!parts.matches()) {
      throw unknown(text);
    }
    Integer count = parts.group(2) == null ? null : Integer.valueOf(parts.group(2));
    String name = count == null ? parts.group(1) : parts.group(1) + ":N";
    return switch (name) {
      case "last:N" -> new Last(count);
      case "best:N" -> new Best(count);
      case "greedy" -> new Greedy();
      case "cycles" -> new Cycles();
      case "soup" -> new Soup();
      default -> throw unknown(text);
    };
  }

  /**
   * The checkpoints that become members, or that members are chosen among. For {@link Best} the
   * best comes first, else the steps ascend.
   *
   * @param saved the run's checkpoints, in any order
   * @param goal what makes one better than another
   * @param run the run's name, for errors
   * @return at least one
   * @throws ConvoyException of kind USAGE when there are too few; the message lists what there is
   */
  List<RatedCheckpoint> from(List<RatedCheckpoint> saved, Goal goal, String run);

  private static ConvoyException unknown(String text) {
    return ConvoyException.usage(
        "expected one of %s, N from 1 on, to select members; got '%s'%s",
        String.join(", ", FORMS), text, Nearest.question(text, FORMS));
  }

  private static void requireCount(String name, int count) {
    if (count < 1) {
      throw ConvoyException.usage("%s:N selects at least 1 member; got %s:%d", name, name, count);
    }
  }

  private static void requireEnough(
      int count, List<RatedCheckpoint> found, String need, String run, String advice) {
    if (found.size() < count) {
      throw ConvoyException.usage(
          "%s, at least %d; %s has %s: %s", need, count, run, told(found), advice);
    }
  }

  private static String told(List<RatedCheckpoint> found) {
    if (found.isEmpty()) {
      return "none";
    }
    return ascending(found).stream()
        .map(checkpoint -> Long.toString(checkpoint.step()))
        .collect(Collectors.joining(", ", found.size() + " (of step ", ")"));
  }

  private static List<RatedCheckpoint> rated(List<RatedCheckpoint> saved) {
    return saved.stream().filter(RatedCheckpoint::isRated).toList();
  }

  private static List<RatedCheckpoint> ascending(List<RatedCheckpoint> saved) {
    return saved.stream().sorted(Comparator.comparingLong(RatedCheckpoint::step)).toList();
  }
}
