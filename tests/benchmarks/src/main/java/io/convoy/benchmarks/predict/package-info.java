/** Labelling stored images with Spark, by Convoy and by other libraries in the same job. */
package io.convoy.benchmarks.predict;
