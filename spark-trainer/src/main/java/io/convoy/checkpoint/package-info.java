/**
 * Checkpoints: written whole or not at all, read only when whole, saved beside the training.
 * Nothing here trains, and nothing here needs Spark.
 *
 * <pre>
 *   checkpoints/step-…/    model.json weights.safetensors optimizer.safetensors state.json
 *                          preprocessing.json MANIFEST.json, and ema.safetensors where the
 *                          recipe has ema
 * </pre>
 */
package io.convoy.checkpoint;
