/**
 * Where the time of a training step goes, layer by layer, and what the machine could do at most.
 */
package io.convoy.profile;
