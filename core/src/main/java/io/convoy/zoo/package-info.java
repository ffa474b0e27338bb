/**
 * Published architectures by name, each a value that makes a {@link io.convoy.network.Network}.
 *
 * <p>Nothing that trains or stores a network knows of this package: a recipe's reader replaces the
 * name by the whole network, so a checkpoint never depends on what a name means later. Data, losses
 * and trained weights do not belong here.
 */
package io.convoy.zoo;
