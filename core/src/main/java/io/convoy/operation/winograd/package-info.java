/**
 * Convolutions by Winograd's minimal algorithms (Lavin, Gray 2016): transforms of tiles, products
 * of the transformed, and the way back.
 */
package io.convoy.operation.winograd;
