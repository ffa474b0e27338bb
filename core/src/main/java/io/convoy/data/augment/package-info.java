/**
 * From bytes to a batch: augmentation, standardisation per channel, and the loader that does both.
 */
package io.convoy.data.augment;
