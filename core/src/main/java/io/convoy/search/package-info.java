/**
 * What a search for hyper-parameters comes to, without where it is computed: what is drawn, which
 * trials go on, how a trial is trained, and how trials are compared. All of it is a function of
 * recipe, space, seed and images.
 */
package io.convoy.search;
