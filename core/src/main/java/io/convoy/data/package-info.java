/**
 * The contracts of samples: what a data set is, what its opened source gives, where files come
 * from. It sees targets, tensors, random numbers, digests, JSON and errors, nothing of layers or
 * training; {@code data.image} sees kernels too. The order of samples is the trainer's.
 *
 * <p>All files come through a {@link io.convoy.data.FileStore}. Bytes at fault are errors of kind
 * DATA, a store at fault is of kind RESOURCE: only the first may ever lead to a skipped image.
 */
package io.convoy.data;
