/**
 * What is worth looking at before a long training, on one machine: the initial loss, the gradient,
 * whether the network learns a few samples by heart, how large updates are, and which learning
 * rates are good. Each check trains or measures by the trainer's own code and says what it found.
 */
package io.convoy.check;
