/** Networks: an immutable graph of layers, its JSON, the layout of its state, and its execution. */
package io.convoy.network;
