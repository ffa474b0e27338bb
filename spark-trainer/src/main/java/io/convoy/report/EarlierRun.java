package io.convoy.report;

import io.convoy.error.ConvoyException;
import io.convoy.run.RunFolder;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The run that stands beside another one and was created last before it. */
final class EarlierRun {
  private EarlierRun() {}

  /** Empty where there is none, or none that can be read. */
  static Optional<RunFolder> of(RunFolder run, Configuration configuration) {
    Path folder = new Path(run.location());
    if (folder.getParent() == null) {
      return Optional.empty();
    }
    StoreFolder beside = StoreFolder.at(folder.getParent().toString(), configuration);
    try {
      long created = created(beside, folder).orElse(Long.MAX_VALUE);
      Path last = null;
      long lastCreated = Long.MIN_VALUE;
      for (String name : beside.names(beside.root())) {
        Path other = new Path(beside.root(), name);
        Optional<Long> at = other.equals(folder) ? Optional.empty() : created(beside, other);
        if (at.isPresent() && at.get() < created && at.get() >= lastCreated) {
          last = other;
          lastCreated = at.get();
        }
      }
      return Optional.ofNullable(last).map(p -> RunFolder.open(p.toString(), configuration));
    } catch (IOException | ConvoyException e) {
      return Optional.empty(); // a report says what it can
    }
  }

  /** When a folder's {@code run.json} was written, which is once; empty where there is none. */
  private static Optional<Long> created(StoreFolder store, Path folder) throws IOException {
    return store.status(new Path(folder, "run.json")).map(FileStatus::getModificationTime);
  }
}
