package io.convoy.data.reader;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.image.Background;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once that images are transparent in places: of all where all are read, else of one. */
final class TransparentImages {
  // as the source that reads them
  private static final Logger LOG = LoggerFactory.getLogger(FolderSource.class);

  private final StoredImage[] samples;
  private final Background background;
  private final boolean all;
  private final ConcurrentSkipListSet<Integer> numbers = new ConcurrentSkipListSet<>();
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param all whether all images are read before {@link #tellAll}; else one is told as it is met
   */
  TransparentImages(StoredImage[] samples, Background background, boolean all) {
    this.samples = samples;
    this.background = background;
    this.all = all;
  }

  void add(int index) {
    if (all) {
      numbers.add(index);
    } else if (told.compareAndSet(false, true)) {
      LOG.info(
          "{} is transparent in places, as others may be: {} is seen there (data.background)",
          samples[index].path(),
          background);
    }
  }

  void tellAll() {
    if (!numbers.isEmpty()) {
      LOG.info(
          "{} of {} images are transparent in places, such as {}: {} is seen there"
              + " (data.background)",
          numbers.size(),
          samples.length,
          samples[numbers.first()].path(),
          background);
    }
  }
}
