/**
 * How what shards of a batch have computed comes together: the fixed tree over them, and the
 * moments that are combined along it. It knows nothing of layers or training.
 */
package io.convoy.shard;
