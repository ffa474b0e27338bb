/** Programs that measure: each prints a table for docs/benchmarks.md. Not timed tests. */
package io.convoy.benchmarks;
