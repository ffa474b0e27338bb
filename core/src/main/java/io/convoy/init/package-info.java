/** How parameters start: He, Xavier, constants. */
package io.convoy.init;
