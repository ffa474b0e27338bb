package io.convoy.benchmarks.predict;

import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.timing.Tensors;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.execution.Execution;
import io.convoy.inference.Predictor;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.operation.Pass;
import io.convoy.recipe.Preprocessing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The work that a job cannot do without: images that are in memory are decoded, and nothing else;
 * batches go through the network, and nothing else. As many threads do it, each by itself, as a job
 * has tasks at a time, so that they share the machine as tasks do.
 */
final class Alone implements AutoCloseable {
  /** A turn is as long as a job's, or what comes before it would show. */
  private static final long LEAST_NANOS = 4_000_000_000L;

  private final List<Worker> workers = new ArrayList<>();
  private final ExecutorService threads;

  /**
   * @param files images, encoded
   */
  Alone(NetworkProblem problem, List<byte[]> files, int threads) {
    int batch = Predictor.usualBatch(problem.network(), 1);
    NetworkProblem usual = NetworkProblem.named(problem.name(), batch);
    for (int i = 0; i < threads; i++) {
      workers.add(new Worker(usual, files));
    }
    this.threads = Executors.newFixedThreadPool(threads);
  }

  /** Seconds of a core that an image's decoding takes. */
  double decoding() {
    return secondsAnImage(Worker::decode);
  }

  /** Seconds of a core that an image's way through the network takes. */
  double inference() {
    return secondsAnImage(Worker::infer);
  }

  /** Some images, by one worker. */
  @FunctionalInterface
  private interface Work {
    int images(Worker worker);
  }

  private double secondsAnImage(Work work) {
    List<Future<Double>> running = new ArrayList<>();
    for (Worker worker : workers) {
      running.add(
          threads.submit(
              () -> {
                long start = System.nanoTime();
                long nanos = 0;
                long images = 0;
                while (nanos < LEAST_NANOS) {
                  images += work.images(worker);
                  nanos = System.nanoTime() - start;
                }
                return nanos / 1e9 / images;
              }));
    }
    double sum = 0;
    for (Future<Double> one : running) {
      try {
        sum += one.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("a measurement failed", e);
      }
    }
    return sum / workers.size();
  }

  private static final class Worker {
    private final List<byte[]> files;
    private final Preprocessing seen;
    private final ImageDecoder decoder;
    private final Pixels pixels = new Pixels();
    private final WorkPool pool = new WorkPool(1);
    private final Execution execution;
    private final Pass pass;
    private final int batch;

    Worker(NetworkProblem problem, List<byte[]> files) {
      this.files = files;
      seen = ProblemModel.preprocessing(problem);
      decoder = new ImageDecoder(seen.seenThrough());
      batch = problem.batch();
      execution = Execution.inference(problem.network(), batch, KernelProvider.kernels(), pool);
      Tensors.write(problem.input(), execution.input());
      execution.load(problem.initialState());
      pass = new Pass(batch).inference(batch);
    }

    int decode() {
      Framing framing = seen.framing();
      for (byte[] file : files) {
        decoder.decode(file, "a file", seen.channels(), framing, pixels);
      }
      return files.size();
    }

    int infer() {
      execution.forward(pass);
      return batch;
    }

    void close() {
      pool.close();
      decoder.close();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    workers.forEach(Worker::close);
  }
}
