package io.convoy.plan;

/**
 * An output of the network, with the numbers of its buffers in the plan.
 *
 * @param name of the node
 * @param activation what the caller reads
 * @param gradient what the caller writes before a backward pass; in attribution, what layers that
 *     read the output add to it stands there afterwards; {@link PlannedStep#NONE} for inference
 */
public record PlannedOutput(String name, int activation, int gradient) {}
