/**
 * Checkpoints: written whole or not at all, read only when whole, saved beside the training.
 * Nothing here trains, and nothing here needs Spark.
 *
 * <pre>
 *   checkpoints/step-…/    model.json weights.safetensors optimizer.safetensors state.json
 *                          preprocessing.json MANIFEST.json, ema.safetensors or
 *                          swa.safetensors where the recipe has ema or swa,
 *                          preprocessing.safetensors where its standardization has a
 *                          mean image or a matrix
 * </pre>
 */
package io.convoy.checkpoint;
