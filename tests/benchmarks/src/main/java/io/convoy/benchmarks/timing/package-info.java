/**
 * How all benchmarks measure: rounds in which contenders take turns, medians and quartiles, what
 * the machine could do at best, and what machine it was. Nothing here knows what is measured.
 */
package io.convoy.benchmarks.timing;
