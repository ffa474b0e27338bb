/**
 * Makes an ensemble of the checkpoints of some runs: finds the members, has the executors compute
 * what they say of images that are held back, compares what can be made of them, and writes what is
 * taken. The arithmetic is core's {@code ensemble}; how a state is run on executors is the
 * trainer's.
 */
package io.convoy.selection;
