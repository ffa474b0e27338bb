package io.convoy.selection;

import io.convoy.ensemble.RatedCheckpoint;
import io.convoy.inference.Model;
import io.convoy.run.Models;
import io.convoy.run.WhichCheckpoint;
import org.apache.hadoop.conf.Configuration;

/**
 * A checkpoint that is a member, or that may become one.
 *
 * @param run its run
 * @param checkpoint which of the run's
 */
record PoolMember(MemberRun run, RatedCheckpoint checkpoint) {
  /** Its name for people. */
  String name() {
    return "%s, step %s".formatted(run.name(), checkpoint.step());
  }

  /** The same within a sentence. */
  String place() {
    return "step %s of %s".formatted(checkpoint.step(), run.name());
  }

  /** Reads it: averaged weights where it has some. Every byte is compared with its sums. */
  Model load(Configuration configuration) {
    Model model =
        Models.load(
            run.folder().location(), WhichCheckpoint.ofStep(checkpoint.step()), configuration);
    return new Model(
        name(), model.network(), model.weights(), model.preprocessing(), model.convolution());
  }
}
