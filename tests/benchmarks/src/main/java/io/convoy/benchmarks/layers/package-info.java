/**
 * Single layers, forward and backward: problems read from lines of text, checked against the scalar
 * kernels and against plain sums in double, and timed in turns with other libraries.
 */
package io.convoy.benchmarks.layers;
