package io.convoy.plan;

/**
 * What a plan may do. It has no part in any result; networks run with {@link #ALL}, tests hold the
 * others against it.
 *
 * @param fuses whether layers are computed together, and in place
 * @param reuses whether memory goes from one tensor to the next
 */
public record PlanRules(boolean fuses, boolean reuses) {
  public static final PlanRules ALL = new PlanRules(true, true);
}
