/**
 * Packed sets: what a folder of them holds, how a file is written, how rows are read for training.
 * And tables of paths and labels in Parquet, which is known here alone; Spark is not. Rows are
 * chosen and ordered by {@code pack.job}.
 */
package io.convoy.pack;
