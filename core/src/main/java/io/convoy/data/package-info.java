/** Where samples come from: readers, standardisation, augmentation. Sees tensors only. */
package io.convoy.data;
