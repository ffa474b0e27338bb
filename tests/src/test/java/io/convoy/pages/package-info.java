/** Pages as people see them: in a real browser, where there is one. */
package io.convoy.pages;
