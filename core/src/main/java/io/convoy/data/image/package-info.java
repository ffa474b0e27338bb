/**
 * Images out of bytes: formats, colours, orientation, sizes. Knows nothing of data sets. It alone
 * of all that reads data sees kernels: their contracts, and the provider that chooses them.
 */
package io.convoy.data.image;
