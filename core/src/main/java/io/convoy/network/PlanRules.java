package io.convoy.network;

/**
 * What a plan may do. It has no part in any result; networks run with {@link #ALL}, tests hold the
 * others against it.
 *
 * @param fuses whether layers are computed together, and in place
 * @param reuses whether memory goes from one tensor to the next
 */
record PlanRules(boolean fuses, boolean reuses) {
  static final PlanRules ALL = new PlanRules(true, true);
}
