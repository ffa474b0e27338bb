/**
 * Labels stored images in batch, as a Spark job: finds them, has executors predict, and commits the
 * rows whole or not at all. What executors keep of a model serves whoever predicts in Spark.
 */
package io.convoy.predict;
