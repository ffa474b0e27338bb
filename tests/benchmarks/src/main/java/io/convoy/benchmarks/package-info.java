/** Programs that measure, for docs/benchmarks.md. Not timed tests: those would fail by chance. */
package io.convoy.benchmarks;
