/**
 * File formats of weights, at the border to other tools: arrays in, bytes out, and back. Knows no
 * network, no file system and no Hadoop; it reads and writes streams.
 */
package io.convoy.format;
