/**
 * The arithmetic of ensembles: what members say of held-back images, averages of their
 * probabilities and of their weights, which members to take, and what to recommend. All of it is
 * pure: a function of arrays, in a fixed order, in fp64 by {@link StrictMath}. It knows no files
 * and runs no network: whoever calls it does. {@link io.convoy.ensemble.Ensemble} is what comes of
 * it: a classifier of several networks.
 */
package io.convoy.ensemble;
