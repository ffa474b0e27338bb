/**
 * What a sample is to be taken for: targets, which data sets give and losses compare outputs with.
 */
package io.convoy.targets;
