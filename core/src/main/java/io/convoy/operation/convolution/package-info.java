/**
 * The operation of convolutions and dense layers, and the choice of how each of its passes is
 * computed.
 */
package io.convoy.operation.convolution;
