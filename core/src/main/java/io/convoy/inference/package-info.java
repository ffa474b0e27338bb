/** Forward passes alone, without targets: what evaluation, prediction and ensembles share. */
package io.convoy.inference;
