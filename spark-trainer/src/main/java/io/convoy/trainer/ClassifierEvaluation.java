package io.convoy.trainer;

import io.convoy.data.SampleSource;
import io.convoy.evaluation.ImageCounter;
import io.convoy.evaluation.ImageCounts;
import io.convoy.inference.Classifier;
import io.convoy.inference.ClassifierBlocks;
import io.convoy.inference.TestTime;
import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.predict.SharedModel;
import io.convoy.storage.HadoopFiles;
import io.convoy.worker.SeenSet;
import io.convoy.worker.Tasks;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Every so-many-th block of a set, of which a classifier gives probabilities, by one task. */
final class ClassifierEvaluation implements Tasks.Body {
  private static final long serialVersionUID = 1L;

  private final SharedModel classifier;
  private final TestTime testTime;
  private final SeenSet set;
  private final HadoopFiles files;
  private final int tasks;
  private final int threads;

  ClassifierEvaluation(
      SharedModel classifier,
      TestTime testTime,
      SeenSet set,
      HadoopFiles files,
      int tasks,
      int threads) {
    this.classifier = classifier;
    this.testTime = testTime;
    this.set = set;
    this.files = files;
    this.tasks = tasks;
    this.threads = threads;
  }

  @Override
  public Iterator<Object> run(int partition) {
    Classifier known = classifier.read();
    SampleSource source = set.open(files);
    ImageCounter counter = new ImageCounter(known.classes().size(), source.severalLabels());
    try (WorkPool pool = new WorkPool(threads);
        ClassifierBlocks blocks =
            new ClassifierBlocks(
                known, testTime, source, partition, tasks, KernelProvider.kernels(), pool)) {
      blocks.run(counter::count);
    }
    return Collections.<Object>singletonList(Json.bytes(counter.counts())).iterator();
  }

  /** What all tasks have counted, of which there is at least one. */
  static ImageCounts sum(List<Object> taskResults) {
    return taskResults.stream()
        .map(bytes -> Json.read((byte[]) bytes, ImageCounts.class, "a task's counts"))
        .reduce(ImageCounts::plus)
        .orElseThrow();
  }
}
