package io.convoy.inference;

import io.convoy.inference.Decoding.Decoded;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.operation.PassKind;
import io.convoy.plan.ExecutionPlan;
import io.convoy.plan.PlanRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Gives what a classifier, a model or an ensemble, says of encoded images. They are read and
 * decoded by threads of its own while those before them are computed, in bounded memory: two
 * batches of samples, and at most {@value #HELD} bytes (or one image) of files that are read and
 * not yet decoded. Networks that see the same of an image share its decoding.
 *
 * <p>What it says of an image depends on the image and the classifier alone, not by a bit on the
 * size of batches, an image's place, its neighbours, or threads. An image that cannot be decoded
 * gives its error, and takes no part in a pass.
 *
 * <pre>{@code
 * try (WorkPool pool = new WorkPool(4);
 *     Predictor predictor = new Predictor(model, KernelProvider.kernels(), pool)) {
 *   Prediction prediction = predictor.predict(EncodedImage.of("a.jpg", bytes));
 * }
 * }</pre>
 *
 * <p>One caller at a time, and one sequence of images at a time.
 */
public final class Predictor implements AutoCloseable {
  /** Bytes of files that are read and not yet decoded, at the most. */
  static final long HELD = 64 << 20;

  /** Samples for each thread. More of them only fill more memory, which is slower than caches. */
  private static final int SAMPLES = 32;

  private static final int MOST_SAMPLES = 128;

  /** Bytes of activations for each thread. */
  private static final long ACTIVATIONS = 64 << 20;

  private final int batch;
  private final ClassifierPass pass;
  private final Deque<byte[][]> free = new ArrayDeque<>();
  private final Deque<Decoded> ahead = new ArrayDeque<>();
  private final Decoding decoding;

  /** In batches of the usual size, decoded by as many threads as compute. */
  public Predictor(Classifier classifier, Kernels kernels, WorkPool pool) {
    this(classifier, usualBatch(classifier, pool.threads()), TestTime.NONE, kernels, pool);
  }

  /**
   * Takes the memory, and the weights, which are not copied.
   *
   * @param batch images that are computed at once, at least 1
   * @param testTime which versions of an image are looked at
   * @param pool whose threads compute, with the thread that calls this; as many again decode at a
   *     time, and some more wait for files
   */
  public Predictor(
      Classifier classifier, int batch, TestTime testTime, Kernels kernels, WorkPool pool) {
    this(new ClassifierPass(classifier, testTime, null, batch, kernels, pool), batch, pool);
  }

  /**
   * Likewise, of a model.
   *
   * @param embedding the layer whose output is wanted, too; null for none
   * @throws io.convoy.error.ConvoyException of kind USAGE when there is no such layer
   */
  public Predictor(Model model, String embedding, int batch, Kernels kernels, WorkPool pool) {
    this(new ClassifierPass(model, TestTime.NONE, embedding, batch, kernels, pool), batch, pool);
  }

  private Predictor(ClassifierPass pass, int batch, WorkPool pool) {
    this.batch = batch;
    this.pass = pass;
    for (int i = 0; i < 2 * batch; i++) {
      free.add(
          pass.views().stream()
              .map(view -> new byte[view.shape().elements()])
              .toArray(byte[][]::new));
    }
    decoding = new Decoding(pass.views(), pool.threads()); // last: has threads
  }

  /**
   * How many images are best computed at once: {@value #SAMPLES} for each thread, or fewer where
   * their activations would take more than 64 MiB for each; never more than {@value #MOST_SAMPLES}.
   *
   * @param threads that compute, at least 1
   */
  public static int usualBatch(Network network, int threads) {
    int samples = Math.min(MOST_SAMPLES, SAMPLES * threads);
    while (samples > 1
        && ExecutionPlan.of(network, samples, PassKind.INFERENCE, PlanRules.ALL).length()
                * Float.BYTES
            > ACTIVATIONS * threads) {
      samples /= 2;
    }
    return samples;
  }

  /** Likewise, for the largest of a classifier's networks. */
  public static int usualBatch(Classifier classifier, int threads) {
    return classifier.models().stream()
        .mapToInt(model -> usualBatch(model.network(), threads))
        .min()
        .orElse(1);
  }

  /**
   * Bytes that it takes beside the weights, in batches of the usual size: packed weights,
   * activations, samples, and files that are not yet decoded.
   *
   * @param testTime which versions of an image are looked at
   * @param threads of the pool, at least 1
   */
  public static long bufferBytes(
      Classifier classifier, TestTime testTime, Kernels kernels, int threads) {
    int batch = usualBatch(classifier, threads);
    long samples =
        View.of(classifier.models(), testTime).stream()
            .mapToLong(view -> view.shape().elements())
            .sum();
    return ClassifierPass.bufferBytes(classifier, batch, kernels, threads)
        + 2L * batch * samples
        + HELD;
  }

  /** What the classifier says of one image. */
  public Prediction predict(EncodedImage image) {
    return predict(List.of(image).iterator()).next();
  }

  /**
   * What the classifier says of images, one for each, in their order. They are asked for on the
   * caller's thread, somewhat ahead. A sequence that was begun before ends here.
   *
   * @return throws, when asked, what an image's content throws that is not of kind DATA
   */
  public Iterator<Prediction> predict(Iterator<EncodedImage> images) {
    rest();
    return new Predictions(images);
  }

  /** Ends the sequence that was begun, and holds none of its images any more. */
  public void rest() {
    for (Decoded decoded = ahead.poll(); decoded != null; decoded = ahead.poll()) {
      decoded.abandon();
      free.add(decoded.samples());
    }
  }

  private final class Predictions implements Iterator<Prediction> {
    private final Iterator<EncodedImage> images;
    private final Deque<Prediction> ready = new ArrayDeque<>();

    Predictions(Iterator<EncodedImage> images) {
      this.images = images;
    }

    @Override
    public boolean hasNext() {
      return !ready.isEmpty() || !ahead.isEmpty() || images.hasNext();
    }

    @Override
    public Prediction next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (ready.isEmpty()) {
        readAhead(images);
        ready.addAll(compute(images));
      }
      return ready.remove();
    }
  }

  private void readAhead(Iterator<EncodedImage> images) {
    try {
      while (!free.isEmpty()
          && ahead.stream().mapToLong(Decoded::held).sum() < HELD
          && images.hasNext()) {
        ahead.add(decoding.add(images.next(), free.remove()));
      }
    } finally {
      decoding.begin();
    }
  }

  private List<Prediction> compute(Iterator<EncodedImage> images) {
    List<Decoded> taken = ahead.stream().limit(batch).toList();
    List<Decoded> readable = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    for (Decoded decoded : taken) { // first wait for all: what throws leaves them where they are
      errors.add(decoded.await());
      if (errors.get(errors.size() - 1) == null) {
        readable.add(decoded);
      }
    }
    taken.forEach(decoded -> ahead.remove());
    Runnable next =
        () -> {
          taken.forEach(decoded -> free.add(decoded.samples()));
          readAhead(images);
        };
    if (readable.isEmpty()) {
      next.run();
      return predictions(taken, errors, null);
    }
    return predictions(
        taken,
        errors,
        pass.run(
            readable.size(), (view, slot, thread) -> readable.get(slot).samples()[view], next));
  }

  private static List<Prediction> predictions(
      List<Decoded> images, List<String> errors, ClassifierPass.Outputs outputs) {
    List<Prediction> predictions = new ArrayList<>();
    int slot = 0;
    for (int i = 0; i < images.size(); i++) {
      String name = images.get(i).name();
      if (errors.get(i) != null) {
        predictions.add(Prediction.failed(name, errors.get(i)));
        continue;
      }
      predictions.add(
          new Prediction(
              name,
              outputs.logits() == null ? null : outputs.logits()[slot],
              outputs.probabilities()[slot],
              outputs.embeddings() == null ? null : outputs.embeddings()[slot],
              null));
      slot++;
    }
    return predictions;
  }

  /** Ends its threads. */
  @Override
  public void close() {
    rest();
    decoding.close();
  }
}
