/**
 * Micro-benchmarks of the kernels by JMH, each in a JVM of its own with the species that the
 * options choose. What a kernel is worth in a layer is measured in {@code layers}, not here.
 */
package io.convoy.benchmarks.kernels;
