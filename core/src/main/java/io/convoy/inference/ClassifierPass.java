package io.convoy.inference;

import io.convoy.data.augment.SampleWriter;
import io.convoy.execution.Execution;
import io.convoy.feed.SampleInput;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The passes of a classifier over decoded images: each version of them through each of its
 * networks. What comes out for an image depends on it and the classifier alone. One thread at a
 * time.
 */
final class ClassifierPass {
  private final Classifier classifier;
  private final TestTime testTime;
  private final WorkPool pool;
  private final List<Member> members = new ArrayList<>();
  private final List<View> views;
  private final int embedding;
  private final byte[][] rooms; // for a version, one a thread

  /** Where the bytes of images are. */
  @FunctionalInterface
  interface Samples {
    /** What is seen of an image, until the thread asks for the next. */
    byte[] of(int view, int slot, int thread);
  }

  /**
   * What a pass has found, one of each a slot.
   *
   * @param logits null unless there is one network and one version
   * @param embeddings null unless a layer's output is wanted
   */
  record Outputs(float[][] logits, double[][] probabilities, float[][] embeddings) {}

  /**
   * A network.
   *
   * @param view the number of what it sees
   * @param versions of that, which pass it
   */
  private record Member(
      int view, List<Version> versions, Shape input, SampleWriter writer, ForwardPass forward) {}

  /**
   * Takes the memory, and the weights, which are not copied.
   *
   * @param embedding the layer whose output is wanted, too, of one network that sees one version;
   *     null for none
   * @param capacity images of a pass at the most
   */
  ClassifierPass(
      Classifier classifier,
      TestTime testTime,
      String embedding,
      int capacity,
      Kernels kernels,
      WorkPool pool) {
    this.classifier = classifier;
    this.testTime = testTime;
    this.pool = pool;
    List<Model> models = classifier.models();
    views = View.of(models, testTime);
    for (Model model : models) {
      Network network = embedding == null ? model.network() : model.network().withOutput(embedding);
      SampleWriter writer =
          new SampleWriter(network.inputShape(), model.preprocessing().standardization());
      ForwardPass forward =
          new ForwardPass(
              network,
              model.convolution(),
              model.weights(),
              writer.standardization(),
              capacity,
              kernels,
              pool);
      View view = View.of(model, testTime);
      Shape input = network.inputShape();
      List<Version> versions = Version.of(testTime, view.shape(), input);
      members.add(new Member(views.indexOf(view), versions, input, writer, forward));
    }
    this.embedding = embedding == null ? -1 : output(models.get(0).network(), embedding);
    int largest = members.stream().mapToInt(member -> member.input.elements()).max().orElse(0);
    rooms = new byte[pool.threads()][testTime.versions() > 1 ? largest : 0];
  }

  private static int output(Network network, String layer) {
    return network.withOutput(layer).outputs().stream().map(Node::name).toList().indexOf(layer);
  }

  /** What is seen of an image: each view once. */
  List<View> views() {
    return views;
  }

  /**
   * Computes.
   *
   * @param count of images, at least 1
   * @param taken told when the bytes of images are not needed any more
   */
  Outputs run(int count, Samples samples, Runnable taken) {
    double[][] sums = new double[count][];
    float[][][] logits = null;
    for (int version = 0; version < testTime.versions(); version++) {
      logits = new float[count][members.size()][];
      boolean lastVersion = version == testTime.versions() - 1;
      for (int m = 0; m < members.size(); m++) {
        boolean last = lastVersion && m == members.size() - 1;
        Member member = members.get(m);
        forward(member, member.versions.get(version), count, samples, last ? taken : () -> {});
        for (int slot = 0; slot < count; slot++) {
          logits[slot][m] = output(member, 0, slot);
        }
      }
      for (int slot = 0; slot < count; slot++) {
        sums[slot] = sum(sums[slot], probabilities(logits[slot]));
      }
    }
    boolean one = isOne(classifier, testTime);
    return new Outputs(one ? firstOf(logits) : null, mean(sums), embeddings(count));
  }

  /** Whether one network says one thing of an image, so that there are logits. */
  static boolean isOne(Classifier classifier, TestTime testTime) {
    return classifier instanceof Model && testTime.versions() == 1;
  }

  private void forward(
      Member member, Version version, int count, Samples samples, Runnable written) {
    Shape seen = views.get(member.view).shape();
    pool.run(
        count,
        (slot, thread) -> {
          byte[] image = samples.of(member.view, slot, thread);
          byte[] sample = version.of(image, seen, member.input, rooms[thread]);
          member.writer.write(sample, member.forward.samples(), slot);
        });
    written.run();
    member.forward.run(count);
  }

  /** All NaN where a network gives anything but finite numbers. */
  private double[] probabilities(float[][] logits) {
    double[] probabilities = classifier.probabilities(logits);
    for (float[] ofMember : logits) {
      for (float logit : ofMember) {
        if (!Float.isFinite(logit)) {
          Arrays.fill(probabilities, Double.NaN);
        }
      }
    }
    return probabilities;
  }

  private static double[] sum(double[] before, double[] more) {
    if (before == null) {
      return more;
    }
    for (int label = 0; label < more.length; label++) {
      before[label] += more[label];
    }
    return before;
  }

  private double[][] mean(double[][] sums) {
    for (double[] sum : sums) {
      for (int label = 0; label < sum.length; label++) {
        sum[label] /= testTime.versions();
      }
    }
    return sums;
  }

  private static float[][] firstOf(float[][][] logits) {
    return Arrays.stream(logits).map(ofMembers -> ofMembers[0]).toArray(float[][]::new);
  }

  private float[][] embeddings(int count) {
    if (embedding < 0) {
      return null;
    }
    float[][] embeddings = new float[count][];
    Arrays.setAll(embeddings, slot -> output(members.get(0), embedding, slot));
    return embeddings;
  }

  /** One sample of an output, in the order channel, row, column. */
  private static float[] output(Member member, int number, int slot) {
    Tensor output = member.forward.outputs().get(number);
    Shape shape = output.shape();
    float[] values = new float[shape.elements()];
    int i = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int h = 0; h < shape.height(); h++) {
        for (int w = 0; w < shape.width(); w++) {
          values[i++] = output.data()[output.at(slot, h, w) + channel];
        }
      }
    }
    return values;
  }

  /** Bytes that it takes beside the weights: packed weights, activations and standardization. */
  static long bufferBytes(Classifier classifier, int capacity, Kernels kernels, int threads) {
    long bytes = 0;
    try (WorkPool pool = new WorkPool(threads)) {
      for (Model model : classifier.models()) {
        Network network = model.network();
        bytes +=
            Execution.planInference(network, capacity, model.convolution(), kernels, pool).bytes()
                + SampleInput.bytes(
                    model.preprocessing().standardization(),
                    network.inputShape(),
                    capacity,
                    kernels,
                    threads);
      }
    }
    return bytes;
  }
}
