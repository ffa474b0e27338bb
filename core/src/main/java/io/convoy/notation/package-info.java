/**
 * The notation of courses and papers for networks that are a chain of layers: a grammar, what its
 * names mean, and networks written in it. Graphs that branch do not belong here.
 */
package io.convoy.notation;
