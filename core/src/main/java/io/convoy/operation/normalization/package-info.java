/** Batch normalisation: statistics in pieces, the normalisation of rows, and their gradients. */
package io.convoy.operation.normalization;
