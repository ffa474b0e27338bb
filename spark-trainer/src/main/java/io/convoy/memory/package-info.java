/**
 * How much memory a driver and an executor need for a training, and what their heaps have: the
 * figures that a launcher sizes heaps by and a trainer refuses by.
 */
package io.convoy.memory;
