/** Convolutions that keep every channel by itself. */
package io.convoy.operation.depthwise;
