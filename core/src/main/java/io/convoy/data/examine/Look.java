package io.convoy.data.examine;

import io.convoy.data.FileDataSet;
import io.convoy.data.FileDataSet.StoredImage;
import java.util.List;
import java.util.function.Consumer;

/** Whoever looks at files: this process, or several. */
@FunctionalInterface
public interface Look {
  /**
   * Looks at files, each once.
   *
   * @param set whose files they are
   * @param files some of them, in its order
   * @param found told what is found out about each, in any order, by any thread
   * @throws io.convoy.error.ConvoyException when one cannot be read
   */
  void at(FileDataSet set, List<StoredImage> files, Consumer<Examined> found);
}
