/**
 * The plan of a step, as pure data ({@link io.convoy.plan.ExecutionPlan}): which layers one
 * operation computes, which memory each tensor takes, and for how long.
 */
package io.convoy.plan;
