package io.convoy.benchmarks.predict;

import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.inference.Softmax;
import io.convoy.recipe.Preprocessing;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Labels the images of a partition, a batch at a time. Networks stay in memory for the next task.
 *
 * @param network of the zoo
 */
record PeerTask(String library, String network, int batch)
    implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final Map<PeerTask, ConcurrentLinkedQueue<PeerNetwork>> IDLE =
      new ConcurrentHashMap<>();

  /** A network that nobody uses, or a new one. */
  private PeerNetwork borrow() {
    PeerNetwork idle = idle().poll();
    if (idle != null) {
      return idle;
    }
    for (PeerLibrary known : ServiceLoader.load(PeerLibrary.class)) {
      if (known.name().equals(library)) {
        return known.prepare(NetworkProblem.named(network, batch));
      }
    }
    throw new IllegalStateException(library + " is not on the class path");
  }

  private ConcurrentLinkedQueue<PeerNetwork> idle() {
    return IDLE.computeIfAbsent(this, task -> new ConcurrentLinkedQueue<>());
  }

  private void giveBack(PeerNetwork peer) {
    idle().add(peer);
  }

  /** Those of some images, at most a batch. */
  float[][] logits(List<byte[]> images) {
    PeerNetwork peer = borrow();
    Preprocessing seen = preprocessing();
    try (ImageDecoder decoder = new ImageDecoder(seen.seenThrough())) {
      Pixels pixels = new Pixels();
      for (int slot = 0; slot < images.size(); slot++) {
        decoder.decode(images.get(slot), "an image", seen.channels(), seen.framing(), pixels);
        peer.put(slot, pixels.bytes());
      }
      return peer.logits(images.size());
    } finally {
      giveBack(peer);
    }
  }

  private Preprocessing preprocessing() {
    return ProblemModel.preprocessing(NetworkProblem.named(network, batch));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Labelled(rows);
  }

  private final class Labelled implements Iterator<Row> {
    private final Iterator<Row> rows;
    private List<Row> ready = List.of();
    private int next;

    Labelled(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return next < ready.size() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (next == ready.size()) {
        ready = compute();
        next = 0;
      }
      return ready.get(next++);
    }

    private List<Row> compute() {
      List<String> paths = new ArrayList<>();
      List<byte[]> images = new ArrayList<>();
      while (paths.size() < batch && rows.hasNext()) {
        Row row = rows.next();
        paths.add(row.getString(0));
        images.add(row.getAs(1));
      }
      float[][] logits = logits(images);
      List<Row> labelled = new ArrayList<>();
      for (int slot = 0; slot < logits.length; slot++) {
        double[] probabilities = Softmax.probabilities(logits[slot]);
        int label = Softmax.likeliest(probabilities);
        labelled.add(RowFactory.create(paths.get(slot), label, probabilities[label]));
      }
      return labelled;
    }
  }
}
