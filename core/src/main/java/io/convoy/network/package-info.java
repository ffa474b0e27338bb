/**
 * Networks: an immutable graph of layers, its JSON, the layout of its state, and the figures of its
 * layers.
 */
package io.convoy.network;
