/**
 * How the layers of a network fare in a training: how far their weights move in a step, and which
 * units give nothing. It changes no bit of what it looks at. What is to be thought of that is said
 * in {@code io.convoy.check}.
 */
package io.convoy.health;
