/**
 * Networks at work: an {@link io.convoy.execution.Execution} takes the memory of a plan, binds the
 * operations to it and runs their passes.
 */
package io.convoy.execution;
