/**
 * Depthwise convolutions and their gradients, a vector of channels at a time, by register tiles
 * ({@code DepthwiseTiles}) where there are some for the windows.
 */
package io.convoy.kernel.simd.depthwise;
