package io.convoy.inference;

import io.convoy.data.augment.SampleWriter;
import io.convoy.execution.Execution;
import io.convoy.feed.SampleInput;
import io.convoy.inference.Decoding.Decoded;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.plan.ExecutionPlan;
import io.convoy.plan.PlanRules;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Gives what a model says of encoded images. They are read and decoded by threads of its own while
 * those before them are computed, in bounded memory: two batches of samples, and at most {@value
 * #HELD} bytes (or one image) that wait to be decoded.
 *
 * <p>What it says of an image depends on the image and the model alone, not by a bit on the size of
 * batches, an image's place, its neighbours, or threads. An image that cannot be decoded gives its
 * error, and takes no part in a pass.
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
  /** Bytes of images that wait to be decoded, at the most. */
  static final long HELD = 64 << 20;

  private static final int MOST_SAMPLES = 64;
  private static final long ACTIVATIONS = 256 << 20;

  private final int batch;
  private final int embedding;
  private final WorkPool pool;
  private final SampleWriter writer;
  private final ForwardPass forward;
  private final Deque<byte[]> free = new ArrayDeque<>();
  private final Deque<Decoded> ahead = new ArrayDeque<>();
  private final Decoding decoding;

  /** In batches of the usual size, decoded by as many threads as compute. */
  public Predictor(Model model, Kernels kernels, WorkPool pool) {
    this(model, null, usualBatch(model.network()), kernels, pool);
  }

  /**
   * Takes the memory, and the model's weights, which are not copied.
   *
   * @param embedding the layer whose output is wanted, too; null for none
   * @param batch images that are computed at once, at least 1
   * @param pool whose threads compute, with the thread that calls this; as many again decode
   * @throws io.convoy.error.ConvoyException of kind USAGE when there is no such layer
   */
  public Predictor(Model model, String embedding, int batch, Kernels kernels, WorkPool pool) {
    this.batch = batch;
    this.pool = pool;
    Network network = embedding == null ? model.network() : model.network().withOutput(embedding);
    this.embedding =
        embedding == null
            ? -1
            : network.outputs().stream().map(Node::name).toList().indexOf(embedding);
    writer = new SampleWriter(network.inputShape(), model.preprocessing().standardization());
    forward =
        new ForwardPass(
            network,
            model.convolution(),
            model.weights(),
            writer.standardization(),
            batch,
            kernels,
            pool);
    for (int i = 0; i < 2 * batch; i++) {
      free.add(new byte[network.inputShape().elements()]);
    }
    decoding = new Decoding(model.preprocessing(), writer, pool.threads()); // last: has threads
  }

  /**
   * How many images are best computed at once: {@value #MOST_SAMPLES}, or fewer where their
   * activations would take more than 256 MiB.
   */
  public static int usualBatch(Network network) {
    int samples = MOST_SAMPLES;
    while (samples > 1
        && ExecutionPlan.of(network, samples, false, PlanRules.ALL).length() * Float.BYTES
            > ACTIVATIONS) {
      samples /= 2;
    }
    return samples;
  }

  /**
   * Bytes that it takes beside the weights, in batches of the usual size: packed weights,
   * activations, samples, and images that wait to be decoded.
   *
   * @param threads of the pool, at least 1
   */
  public static long bufferBytes(Model model, Kernels kernels, int threads) {
    Network network = model.network();
    int batch = usualBatch(network);
    try (WorkPool pool = new WorkPool(threads)) {
      return Execution.planInference(network, batch, model.convolution(), kernels, pool).bytes()
          + SampleInput.bytes(
              model.preprocessing().standardization(),
              network.inputShape(),
              batch,
              kernels,
              threads)
          + 2L * batch * network.inputShape().elements()
          + HELD;
    }
  }

  /** What the model says of one image. */
  public Prediction predict(EncodedImage image) {
    return predict(List.of(image).iterator()).next();
  }

  /**
   * What the model says of images, one for each, in their order. They are asked for on the caller's
   * thread, somewhat ahead. A sequence that was begun before ends here.
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
      free.add(decoded.sample());
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
    while (!free.isEmpty()
        && ahead.stream().mapToLong(Decoded::held).sum() < HELD
        && images.hasNext()) {
      ahead.add(decoding.begin(images.next(), free.remove()));
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
    pool.run(
        readable.size(),
        (slot, thread) -> writer.write(readable.get(slot).sample(), forward.samples(), slot));
    taken.forEach(decoded -> free.add(decoded.sample()));
    readAhead(images);
    if (!readable.isEmpty()) {
      forward.run(readable.size());
    }
    return predictions(taken, errors);
  }

  private List<Prediction> predictions(List<Decoded> images, List<String> errors) {
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
              name, output(0, slot), embedding < 0 ? null : output(embedding, slot), null));
      slot++;
    }
    return predictions;
  }

  /** One sample of an output, in the order channel, row, column. */
  private float[] output(int number, int slot) {
    Tensor output = forward.outputs().get(number);
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

  /** Ends its threads. */
  @Override
  public void close() {
    rest();
    decoding.close();
  }
}
