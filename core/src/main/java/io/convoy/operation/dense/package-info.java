/**
 * Dense layers with more weights than samples: bound by memory, so weights and their gradient are
 * walked as they lie.
 */
package io.convoy.operation.dense;
