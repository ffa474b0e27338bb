/**
 * The rules of the code's structure, held over the compiled classes of all modules: which package
 * may see which, and which calls would let a machine into the results. Each rule's text says what
 * to do about a violation.
 */
package io.convoy.architecture;
