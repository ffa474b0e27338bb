/**
 * Networks: an immutable graph of layers, its JSON, the layout of its state; the plan of a step
 * ({@link io.convoy.network.ExecutionPlan}: what is computed together, and where) and its
 * execution.
 */
package io.convoy.network;
