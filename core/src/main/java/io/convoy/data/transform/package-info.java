/**
 * What may be done at random to the pixels of an image before a network sees it: a record of
 * options for each kind ({@link io.convoy.data.transform.Transform}), the arithmetic behind them,
 * all in whole numbers or in floats of a fixed order, and the list of them at work ({@link
 * io.convoy.data.transform.TransformRun}). Nothing here changes an image's size.
 */
package io.convoy.data.transform;
