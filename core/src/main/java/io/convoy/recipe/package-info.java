/**
 * What a training is asked to do: the recipe, its options and their rules. It computes nothing; a
 * recipe that exists is a sound one.
 */
package io.convoy.recipe;
