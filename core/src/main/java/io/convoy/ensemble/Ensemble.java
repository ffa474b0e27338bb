package io.convoy.ensemble;

import io.convoy.data.Fingerprint;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Classifier;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Trained networks whose outputs become one by an {@link OutputAverage}. The networks may differ,
 * and each has its own preprocessing: an image is brought to each one's input. Classes are those of
 * the first member. Another member may have them in another order: its outputs are then put into
 * that of the first, by name.
 */
public final class Ensemble implements Classifier {
  private final String name;
  private final List<Model> members;
  private final OutputAverage average;
  private final List<int[]> places; // where a member has each class; null where as the first

  /**
   * Makes sure that the members fit each other.
   *
   * @param name where it came from, for people
   * @param members at least one
   * @param average of so many members
   * @throws ConvoyException of kind USAGE that names the first member that differs from the first
   *     one in its classes, or in the channels of its input
   */
  public Ensemble(String name, List<Model> members, OutputAverage average) {
    this.name = name;
    this.members = List.copyOf(members);
    this.average = average;
    if (members.size() != average.weights().size()) {
      throw ConvoyException.usage(
          "%s: an ensemble's average has a weight for each member; got %d members and %d weights",
          name, members.size(), average.weights().size());
    }
    members.forEach(Ensemble::requireOneLabel);
    places = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      requireSameChannels(i);
      places.add(places(i));
    }
  }

  /**
   * Checks that a model gives an image one label, as members do.
   *
   * @throws ConvoyException of kind USAGE when it gives several
   */
  public static void requireOneLabel(Classifier member) {
    if (member.severalLabels()) {
      throw ConvoyException.usage(
          "%s gives an image several labels, and members of an ensemble give one: predict with it by"
              + " itself",
          member.name());
    }
  }

  private void requireSameChannels(int i) {
    int first = members.get(0).preprocessing().channels();
    int other = members.get(i).preprocessing().channels();
    if (first != other) {
      throw ConvoyException.usage(
          "%s: members must take images of the same channels; member 0 (%s) takes %d, member %d"
              + " (%s) takes %d: leave one of them out",
          name, members.get(0).name(), first, i, members.get(i).name(), other);
    }
  }

  /** Where member {@code i} has each of the first one's classes; null where it has them alike. */
  private int[] places(int i) {
    List<String> wanted = members.get(0).classes();
    List<String> found = members.get(i).classes();
    if (found.equals(wanted)) {
      return null;
    }
    Map<String, Integer> byName = new HashMap<>();
    for (int label = 0; label < found.size(); label++) {
      byName.put(found.get(label), label);
    }
    boolean unique = byName.size() == found.size();
    if (!unique || found.size() != wanted.size() || !byName.keySet().containsAll(wanted)) {
      throw otherClasses(i);
    }
    return wanted.stream().mapToInt(byName::get).toArray();
  }

  private ConvoyException otherClasses(int i) {
    List<String> wanted = members.get(0).classes();
    List<String> found = members.get(i).classes();
    return ConvoyException.usage(
        "%s: members must have the same classes, in whatever order; member 0 (%s) has %d%s, member"
            + " %d (%s) has %d%s: leave one of them out",
        name,
        members.get(0).name(),
        wanted.size(),
        onlyIn(wanted, found),
        i,
        members.get(i).name(),
        found.size(),
        onlyIn(found, wanted));
  }

  private static String onlyIn(List<String> some, List<String> others) {
    TreeSet<String> only = new TreeSet<>(some);
    only.removeAll(new HashSet<>(others));
    return only.isEmpty() ? "" : ", '%s' alone among them".formatted(only.first());
  }

  @Override
  public String name() {
    return name;
  }

  /** All members, in order; those of weight 0 too. */
  public List<Model> members() {
    return members;
  }

  /** How their outputs become one. */
  public OutputAverage average() {
    return average;
  }

  @Override
  public List<String> classes() {
    return members.get(0).classes();
  }

  /** The names of members whose outputs are put into another order. */
  public List<String> reordered() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      if (places.get(i) != null) {
        names.add(members.get(i).name());
      }
    }
    return names;
  }

  /** The weights of members of weight 0 have no part in it. */
  @Override
  public String fingerprint() {
    Fingerprint digest = new Fingerprint();
    digest.add("ensemble").add(Json.text(average)).add(Json.text(classes()));
    models().forEach(member -> digest.add(member.fingerprint()));
    return digest.hex();
  }

  /** The members of a weight above 0. */
  @Override
  public List<Model> models() {
    List<Model> run = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      if (average.weights().get(i) > 0) {
        run.add(members.get(i));
      }
    }
    return run;
  }

  @Override
  public double[] probabilities(float[][] logits) {
    float[][] all = new float[members.size()][];
    int next = 0;
    for (int i = 0; i < all.length; i++) {
      if (average.weights().get(i) > 0) {
        all[i] = ordered(logits[next++], places.get(i));
      }
    }
    return average.probabilities(all);
  }

  private static float[] ordered(float[] logits, int[] places) {
    if (places == null) {
      return logits;
    }
    float[] ordered = new float[places.length];
    for (int label = 0; label < places.length; label++) {
      ordered[label] = logits[places[label]];
    }
    return ordered;
  }
}
