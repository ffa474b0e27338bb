/**
 * A run's folder: who owns it, what it is, its checkpoints and its metrics. Here lies what must
 * survive a crash; two drivers never write one run.
 *
 * <pre>
 *   RUN/owner                  the driver that owns the run, for readers
 *   RUN/.owners/generation-…   one claim for each driver so far; the highest owns the run
 *   RUN/run.json               what the run is: written once
 *   RUN/checkpoints/step-…/    see {@link io.convoy.checkpoint}
 *   RUN/metrics.jsonl          one line for each report, cut back to the checkpoint on resume
 *   RUN/metrics.tail.jsonl     the last of these, where that cannot be appended to
 *   RUN/tensorboard/           see {@link io.convoy.tensorboard}
 *   RUN/result.json            how it ended
 *   RUN/evaluation.json        what the test images have shown
 *   RUN/validation.json        what the last validation has shown
 *   RUN/pictures.json          what can be looked at: images, maps, filters
 *   RUN/report.html            all of it for people, see {@link io.convoy.report}
 * </pre>
 *
 * An ensemble is a folder too, see {@link io.convoy.run.EnsembleFolder}: written once, and then
 * only read.
 */
package io.convoy.run;
