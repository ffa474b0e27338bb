/**
 * What tests of several packages share: data by integer arithmetic, layers in double precision
 * written from their formulas, checks of gradients, and JVMs of their own for other lane widths.
 */
package io.convoy.reference;
