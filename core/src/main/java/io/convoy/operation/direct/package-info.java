/** Convolutions as the direct sum: rows of windows times panels of weights. */
package io.convoy.operation.direct;
