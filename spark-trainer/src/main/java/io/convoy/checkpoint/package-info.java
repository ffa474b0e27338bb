/**
 * A run's folder on any Hadoop file system: who owns it, what it is, its checkpoints and its
 * metrics. Here lies what must survive a crash; nothing here trains, and nothing here needs Spark.
 *
 * <pre>
 *   RUN/owner                  the driver that owns the run, for readers
 *   RUN/.owners/generation-…   one claim for each driver so far; the highest owns the run
 *   RUN/run.json               what the run is: written once
 *   RUN/checkpoints/step-…/    model.json weights.safetensors optimizer.safetensors state.json
 *                              MANIFEST.json, and ema.safetensors where the recipe has ema
 *   RUN/metrics.jsonl          one line for each report, cut back to the checkpoint on resume
 *   RUN/result.json            how it ended
 * </pre>
 */
package io.convoy.checkpoint;
