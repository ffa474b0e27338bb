/** Whole trainings beside those of other libraries: what they come to, not how fast. */
package io.convoy.benchmarks.curves;
