package io.convoy.trainer;

import io.convoy.fault.FaultFinding;
import io.convoy.fault.FaultWatch;
import io.convoy.json.Json;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for faults of a training in what it writes down. It has no part in it: where looking fails,
 * that is said, and the training goes on unwatched. Not for several threads at once.
 */
final class TrainingWatch {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingWatch.class);

  private FaultWatch watch;
  private long step;

  /**
   * Begins, with what the run wrote down before it was resumed.
   *
   * @param listener told of each fault, once, with the step that was known by then
   */
  TrainingWatch(RunSession session, BiConsumer<Long, FaultFinding> listener) {
    watch = new FaultWatch(session.recipe(), finding -> listener.accept(step, finding));
    step = session.startStep();
    if (step > 0) {
      guarded(known -> session.folder().metricsReader().read(known::remember));
    }
  }

  /** Takes a line of the metrics: of a step, or of what was known by then. */
  void add(long known, Object line) {
    step = known;
    guarded(looking -> looking.add(Json.tree(line)));
  }

  /** Takes the result that the run is to have. */
  void end(Object result) {
    guarded(looking -> looking.end(Json.tree(result)));
  }

  private void guarded(Consumer<FaultWatch> look) {
    if (watch == null) {
      return;
    }
    try {
      look.accept(watch);
    } catch (RuntimeException e) {
      LOG.warn("the training is not looked at for faults any more; convoy lint does it later", e);
      watch = null;
    }
  }
}
