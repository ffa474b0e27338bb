/**
 * How the tasks of a segment find one another: over Spark's plugin messages where the session has
 * {@link io.convoy.rendezvous.ConvoyPlugin}, else by one {@code allGather} of the barrier stage.
 * Ranks are given here, never by partition id.
 */
package io.convoy.rendezvous;
