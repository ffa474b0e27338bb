package io.convoy.predict;

import io.convoy.inference.Classifier;
import io.convoy.inference.Model;
import io.convoy.inference.Predictor;
import io.convoy.inference.TestTime;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The models that this JVM has in memory, and what computes them. A model is put together once for
 * all tasks of an executor; a task borrows what computes, with threads of its own, and gives it
 * back for the next. As many are kept as were in use at once, of the {@value #AT_MOST} models that
 * were asked for last; none where nobody has borrowed one for {@value #KEPT_MINUTES} minutes.
 */
public final class Predictors {
  /** Two jobs may take turns; more would fill the heap with what nobody needs. */
  static final int AT_MOST = 2;

  /** How long what nobody uses stays in memory: a notebook's user thinks between two calls. */
  static final long KEPT_MINUTES = 10;

  private static final Map<String, Loaded> LOADED = new LinkedHashMap<>(8, 0.75f, true);

  /** Borrowed, and not given back. */
  private static int lent;

  /** When something was borrowed or given back, by {@link System#nanoTime}. */
  private static long lastUse;

  private static boolean watched;

  /** A model, and what nobody uses at the moment. */
  private static final class Loaded {
    private final Classifier classifier;
    private final Deque<Borrowed> idle = new ArrayDeque<>();
    private boolean dropped;

    Loaded(Classifier classifier) {
      this.classifier = classifier;
    }
  }

  /** What computes, for one task at a time. To be closed, which gives it back. */
  public static final class Borrowed implements AutoCloseable {
    private final Loaded of;
    private final String embedding;
    private final TestTime testTime;
    private final WorkPool pool;
    private final Predictor predictor;

    private Borrowed(Loaded of, String embedding, TestTime testTime, int threads) {
      this.of = of;
      this.embedding = embedding;
      this.testTime = testTime;
      pool = new WorkPool(threads);
      predictor = pool.closedOnFailure(this::newPredictor);
    }

    private Predictor newPredictor() {
      int batch = Predictor.usualBatch(of.classifier, pool.threads());
      return embedding == null
          ? new Predictor(of.classifier, batch, testTime, KernelProvider.kernels(), pool)
          : new Predictor((Model) of.classifier, embedding, batch, KernelProvider.kernels(), pool);
    }

    /** The model, or ensemble. */
    public Classifier classifier() {
      return of.classifier;
    }

    /** What predicts. */
    public Predictor predictor() {
      return predictor;
    }

    @Override
    public void close() {
      giveBack(this);
    }

    private void end() {
      predictor.close();
      pool.close();
    }
  }

  private Predictors() {}

  /** What computes a model of images as they are. */
  public static Borrowed borrow(SharedModel shared, String embedding, int threads) {
    return borrow(shared, embedding, TestTime.NONE, threads);
  }

  /**
   * What computes a model or an ensemble, on threads of its own.
   *
   * @param embedding the layer of a model whose output is wanted, too; null for none
   * @param testTime which versions of an image are looked at; the image alone, with an embedding
   * @param threads that compute, and as many again that decode, at least 1
   */
  public static Borrowed borrow(
      SharedModel shared, String embedding, TestTime testTime, int threads) {
    count(1);
    try {
      return lend(loaded(shared), embedding, testTime, threads);
    } catch (Throwable e) {
      count(-1);
      throw e;
    }
  }

  private static Borrowed lend(Loaded loaded, String embedding, TestTime testTime, int threads) {
    Borrowed known = idle(loaded, embedding, testTime, threads);
    if (known == null) {
      return new Borrowed(loaded, embedding, testTime, threads);
    }
    Subnormals.require(KernelProvider.kernels(), known.pool); // this thread is another
    return known;
  }

  private static synchronized void count(int more) {
    lent += more;
    lastUse = System.nanoTime();
    if (!watched) {
      watched = true;
      Thread watch = new Thread(Predictors::watch, "convoy-idle-models");
      watch.setDaemon(true);
      watch.start();
    }
  }

  /** Until nothing is left to free. */
  private static synchronized void watch() {
    try {
      while (!freeIdle(TimeUnit.MINUTES.toNanos(KEPT_MINUTES))) {
        Predictors.class.wait(TimeUnit.MINUTES.toMillis(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watched = false;
    }
  }

  /**
   * Frees all models, where none is in use or was for so long.
   *
   * @return whether it did
   */
  static synchronized boolean freeIdle(long nanos) {
    if (lent > 0 || System.nanoTime() - lastUse < nanos) {
      return false;
    }
    LOADED.values().forEach(Predictors::drop);
    LOADED.clear();
    return true;
  }

  /** One that nobody uses; null where there is none. */
  private static synchronized Borrowed idle(
      Loaded loaded, String embedding, TestTime testTime, int threads) {
    Iterator<Borrowed> idle = loaded.idle.iterator();
    while (idle.hasNext()) {
      Borrowed known = idle.next();
      if (Objects.equals(known.embedding, embedding)
          && known.testTime == testTime
          && known.pool.threads() == threads) {
        idle.remove();
        return known;
      }
    }
    return null;
  }

  /** One task puts the model together, the others wait for it. */
  private static synchronized Loaded loaded(SharedModel shared) {
    Loaded known = LOADED.get(shared.fingerprint());
    if (known != null) {
      return known;
    }
    while (LOADED.size() >= AT_MOST) {
      Iterator<Loaded> oldest = LOADED.values().iterator();
      drop(oldest.next());
      oldest.remove();
    }
    Loaded read = new Loaded(shared.read());
    LOADED.put(shared.fingerprint(), read);
    return read;
  }

  private static void drop(Loaded loaded) {
    loaded.dropped = true;
    loaded.idle.forEach(Borrowed::end);
    loaded.idle.clear();
  }

  private static void giveBack(Borrowed borrowed) {
    borrowed.predictor.rest();
    count(-1);
    synchronized (Predictors.class) {
      if (!borrowed.of.dropped) {
        borrowed.of.idle.push(borrowed);
        return;
      }
    }
    borrowed.end();
  }

  /** What is borrowed at the moment. */
  static synchronized int lent() {
    return lent;
  }

  /** What computes, and nobody uses at the moment. */
  static synchronized int idle() {
    return LOADED.values().stream().mapToInt(loaded -> loaded.idle.size()).sum();
  }

  /** The models that are in memory. */
  static synchronized int models() {
    return LOADED.size();
  }
}
