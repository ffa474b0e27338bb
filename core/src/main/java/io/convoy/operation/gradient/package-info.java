/**
 * The sum of a gradient of weights in blocks and parts, shard by shard along the tree, whatever
 * computes the terms: who sums which part has no say in the order of the sum.
 */
package io.convoy.operation.gradient;
