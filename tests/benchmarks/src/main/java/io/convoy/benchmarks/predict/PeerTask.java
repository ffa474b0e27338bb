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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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
    Stream<Row> all = StreamSupport.stream(((Iterable<Row>) () -> rows).spliterator(), false);
    return new Labelled(
        all.flatMap(row -> StoredImage.of(row.getString(0), row.getAs(1)).stream()).iterator());
  }

  private final class Labelled implements Iterator<Row> {
    private final Iterator<StoredImage> images;
    private List<Row> ready = List.of();
    private int next;

    Labelled(Iterator<StoredImage> images) {
      this.images = images;
    }

    @Override
    public boolean hasNext() {
      return next < ready.size() || images.hasNext();
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
      List<StoredImage> taken = new ArrayList<>();
      while (taken.size() < batch && images.hasNext()) {
        taken.add(images.next());
      }
      float[][] logits = logits(taken.stream().map(StoredImage::bytes).toList());
      List<Row> labelled = new ArrayList<>();
      for (int slot = 0; slot < logits.length; slot++) {
        double[] probabilities = Softmax.probabilities(logits[slot]);
        int label = Softmax.likeliest(probabilities);
        labelled.add(RowFactory.create(taken.get(slot).path(), label, probabilities[label]));
      }
      return labelled;
    }
  }
}
