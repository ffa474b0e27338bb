package io.convoy.worker;

import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.ensemble.MemberOutputs;
import io.convoy.recipe.Recipe;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * What a state says of some images of a set: the logits of every so-many-th block of them, by one
 * task. Which task computes an image has no part in its logits.
 */
public final class OutputsTask implements Tasks.Body {
  private static final long serialVersionUID = 1L;

  /** Of one piece that is returned. */
  private static final int MOST_BYTES = 4 << 20;

  private final Assignment assignment;
  private final int[] samples;
  private final int tasks;
  private final ArrayList<Broadcast<float[]>> weights;

  /**
   * @param samples numbers of images of the assignment's whole training set, ascending
   * @param weights slices of the state vector
   */
  public OutputsTask(
      Assignment assignment, int[] samples, int tasks, List<Broadcast<float[]>> weights) {
    this.assignment = assignment;
    this.samples = samples.clone();
    this.tasks = tasks;
    this.weights = new ArrayList<>(weights);
  }

  @Override
  public Iterator<Object> run(int partition) {
    Recipe recipe = assignment.completeRecipe();
    SampleSource source = new SampleSubset(assignment.open(), samples);
    Pieces pieces = new Pieces(recipe.network().outputShape().elements());
    new StateEvaluation(recipe, source, weights, assignment.threads())
        .blocks(partition, tasks, (sample, logits, label) -> pieces.add(sample, logits));
    return pieces.all().iterator();
  }

  /** Rows of an image's number and its logits, packed into pieces. */
  private static final class Pieces {
    private final int rowBytes;
    private final List<Object> whole = new ArrayList<>();
    private ByteBuffer open = ByteBuffer.allocate(0);

    Pieces(int classes) {
      rowBytes = rowBytes(classes);
    }

    void add(int sample, float[] logits) {
      if (open.remaining() < rowBytes) {
        close();
        open = ByteBuffer.allocate(Math.max(1, MOST_BYTES / rowBytes) * rowBytes);
      }
      open.putInt(sample);
      for (float logit : logits) {
        open.putFloat(logit);
      }
    }

    private void close() {
      if (open.position() > 0) {
        byte[] piece = new byte[open.position()];
        open.flip().get(piece);
        whole.add(piece);
      }
    }

    List<Object> all() {
      close();
      return whole;
    }
  }

  private static int rowBytes(int classes) {
    return Integer.BYTES + classes * Float.BYTES;
  }

  /**
   * Puts what all tasks have returned where it belongs.
   *
   * @param results of all tasks
   * @param into outputs of as many images as the tasks were given
   */
  public static void read(List<Object> results, MemberOutputs into) {
    int found = 0;
    float[] logits = new float[into.classes()];
    for (Object result : results) {
      ByteBuffer rows = ByteBuffer.wrap((byte[]) result);
      while (rows.hasRemaining()) {
        int sample = rows.getInt();
        for (int label = 0; label < logits.length; label++) {
          logits[label] = rows.getFloat();
        }
        into.set(sample, logits, 0);
        found++;
      }
    }
    if (found != into.samples()) {
      throw new IllegalStateException(
          "%s: outputs of %s images, expected %s".formatted(into.name(), found, into.samples()));
    }
  }
}
