/**
 * Writes the sources of the register tiles, which are long and all alike: {@link
 * io.convoy.kernel.simd.generator.GeneratedTiles} lists them, and its test holds what is committed
 * to what comes out here. They are sources and not classes made at run time, so that one can read
 * them, step through them and find them in a profile.
 */
package io.convoy.kernel.simd.generator;
