/** How parameters start: He, Xavier, LeCun, normal, uniform, orthogonal, constants. */
package io.convoy.init;
