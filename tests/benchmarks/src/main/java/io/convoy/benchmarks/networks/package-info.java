/**
 * Whole networks, a training step and inference: Convoy beside other frameworks, with the same
 * network, batch, weights and threads.
 */
package io.convoy.benchmarks.networks;
