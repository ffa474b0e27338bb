package io.convoy.data.examine;

import io.convoy.data.FileDataSet;
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
  public void at(FileDataSet set, List<StoredImage> images, Consumer<Examined> found) {
    List<List<StoredImage>> pieces = Pieces.of(images, 1);
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, pieces.size() + 1));
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int thread = 0; thread < Math.min(threads, pieces.size()); thread++) {
        ends.add(pool.submit(() -> take(set, pieces, next, found)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      next.set(pieces.size()); // so that the others come to an end
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

  private void take(
      FileDataSet set,
      List<List<StoredImage>> pieces,
      AtomicInteger next,
      Consumer<Examined> found) {
    try (ImageExaminer examiner = new ImageExaminer(set.contents(files))) {
      for (int i = next.getAndIncrement(); i < pieces.size(); i = next.getAndIncrement()) {
        pieces.get(i).forEach(image -> found.accept(examiner.examine(image)));
      }
    }
  }
}
