/**
 * Counter-based random numbers: a draw is a pure function of (seed, purpose, epoch, sample,
 * position), so that who draws, and when, has no part in it.
 */
package io.convoy.random;
