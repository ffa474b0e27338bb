package io.convoy.exchange.connect;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A listener on loopback for each rank of a test, and threads for what the ranks do. */
public class Listeners implements AutoCloseable {
  private final List<ExchangeListener> listeners = new ArrayList<>();
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * @param count of ranks
   */
  public Listeners(int count) {
    for (int rank = 0; rank < count; rank++) {
      ExchangeListener listener = ExchangeListener.bind(InetAddress.getLoopbackAddress());
      listeners.add(listener);
      addresses.add(listener.address());
    }
  }

  /** That of a rank. */
  public ExchangeListener listener(int rank) {
    return listeners.get(rank);
  }

  /** Host and port of a rank's listener, as messages name it. */
  public String name(int rank) {
    return Channels.name(listener(rank).address());
  }

  /** The addresses that the ranks are given: a test may put a proxy in between. */
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  /** Runs what a rank does. */
  public <T> Future<T> submit(Callable<T> task) {
    return threads.submit(task);
  }

  /** Runs what fails on purpose or is cut off by the end of the test. */
  public void submitUnwatched(Callable<?> task) {
    execute(new FutureTask<>(task));
  }

  /** Runs a task whose result its maker asks for. */
  public void execute(FutureTask<?> task) {
    threads.execute(task);
  }

  /** What a rank came to; its own exception if it failed. */
  public static <T> T result(Future<T> future) throws Exception {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failure;
    } catch (TimeoutException failure) {
      throw new AssertionError("a rank hangs", failure);
    }
  }

  @Override
  public void close() {
    listeners.forEach(ExchangeListener::close);
    threads.shutdownNow();
  }
}
