/**
 * Register tiles of products and updates with a panel: sums of some rows and vectors of columns
 * that stay in registers. {@link io.convoy.kernel.simd.tile.Tiles} says how they are made.
 */
package io.convoy.kernel.simd.tile;
