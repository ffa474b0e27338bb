/** How parameters start: He, Xavier, normal, constants. */
package io.convoy.init;
