/** The transforms of Winograd's convolutions, a vector of channels at a time. */
package io.convoy.kernel.simd.winograd;
