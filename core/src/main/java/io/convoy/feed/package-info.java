/**
 * From a source to the batches of a training: which samples make up each batch, and who reads them
 * when. It knows nothing of what is computed with them.
 */
package io.convoy.feed;
