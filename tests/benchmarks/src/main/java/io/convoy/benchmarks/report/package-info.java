/** What the drivers measured, as the section of docs/benchmarks.md and as one file of JSON. */
package io.convoy.benchmarks.report;
