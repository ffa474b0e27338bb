/** Sums over bytes by which contents are told apart and damage is found. */
package io.convoy.digest;
