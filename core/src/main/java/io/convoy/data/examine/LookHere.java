package io.convoy.data.examine;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.FileStore;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Looks at files by threads of this process.
 *
 * @param threads at least 1
 */
public record LookHere(FileStore files, int threads) implements Look {
  public LookHere {
    if (threads < 1) {
      throw ConvoyException.usage("threads must be at least 1; got %d", threads);
    }
  }

  @Override
  public void at(List<StoredImage> images, Consumer<Examined> found) {
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, images.size() + 1));
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int thread = 0; thread < Math.min(threads, images.size()); thread++) {
        ends.add(pool.submit(() -> take(images, next, found)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      next.set(images.size()); // so that the others come to an end
      throw e.getCause() instanceof ConvoyException ours
          ? ours
          : new ConvoyException(ConvoyException.Kind.INTERNAL, String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while images were examined");
    } finally {
      pool.shutdownNow();
    }
  }

  private void take(List<StoredImage> images, AtomicInteger next, Consumer<Examined> found) {
    try (ImageExaminer examiner = new ImageExaminer(files)) {
      for (int i = next.getAndIncrement(); i < images.size(); i = next.getAndIncrement()) {
        found.accept(examiner.examine(images.get(i)));
      }
    }
  }
}
