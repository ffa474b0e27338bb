/**
 * Looking at every image file of a set once, before it is used: what is damaged, and how large the
 * others are. Which files a set has is the set's to say ({@link io.convoy.data.FileDataSet}); where
 * many files are looked at, and where the outcome is kept, is the trainer's.
 */
package io.convoy.data.examine;
