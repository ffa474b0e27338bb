package io.convoy.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Members that know something of the labels, each more or less. */
final class RandomOutputs {
  private RandomOutputs() {}

  /**
   * Logits are noise; that of the true class is larger by what the member knows.
   *
   * @param knowledge one a member
   */
  static ValidationOutputs of(long seed, int samples, int classes, double... knowledge) {
    Random random = new Random(seed);
    int[] labels = random.ints(samples, 0, classes).toArray();
    List<MemberOutputs> members = new ArrayList<>();
    for (double known : knowledge) {
      float[][] logits = new float[samples][classes];
      for (int sample = 0; sample < samples; sample++) {
        for (int label = 0; label < classes; label++) {
          logits[sample][label] = (float) (2 * random.nextGaussian());
        }
        logits[sample][labels[sample]] += (float) known;
      }
      members.add(member("m" + members.size(), logits));
    }
    return new ValidationOutputs(labels, members);
  }

  static MemberOutputs member(String name, float[]... logits) {
    MemberOutputs member = MemberOutputs.take(name, logits.length, logits[0].length);
    for (int sample = 0; sample < logits.length; sample++) {
      member.set(sample, logits[sample], 0);
    }
    return member;
  }

  /** The same members in another order. */
  static ValidationOutputs reordered(ValidationOutputs outputs, int... order) {
    return new ValidationOutputs(
        labels(outputs), IntStream.of(order).mapToObj(outputs.members()::get).toList());
  }

  /** The same images from the last to the first. */
  static ValidationOutputs reversed(ValidationOutputs outputs) {
    int last = outputs.samples() - 1;
    int[] labels = IntStream.rangeClosed(0, last).map(i -> outputs.label(last - i)).toArray();
    List<MemberOutputs> members = new ArrayList<>();
    for (MemberOutputs member : outputs.members()) {
      float[][] logits =
          IntStream.rangeClosed(0, last)
              .mapToObj(i -> member.logits(last - i))
              .toArray(float[][]::new);
      members.add(member(member.name(), logits));
    }
    return new ValidationOutputs(labels, members);
  }

  static int[] labels(ValidationOutputs outputs) {
    return IntStream.range(0, outputs.samples()).map(outputs::label).toArray();
  }

  /** The probability of a sample's class by a member, from the definition. */
  static double share(ValidationOutputs outputs, int member, int sample, int label) {
    float[] logits = outputs.members().get(member).logits(sample);
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.exp(logits[label]) / sum;
  }

  /** The mean negative log likelihood of a mixture, from the definition. */
  static double loss(ValidationOutputs outputs, double... weights) {
    double loss = 0;
    for (int sample = 0; sample < outputs.samples(); sample++) {
      double share = 0;
      for (int i = 0; i < weights.length; i++) {
        share += weights[i] * share(outputs, i, sample, outputs.label(sample));
      }
      loss -= Math.log(share);
    }
    return loss / outputs.samples();
  }
}
