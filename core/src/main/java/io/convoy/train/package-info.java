/**
 * A training step and the loop on one machine: the gradients of shards, the update of owned chunks.
 * What the Spark trainer spreads over executors is made of these same pieces.
 */
package io.convoy.train;
