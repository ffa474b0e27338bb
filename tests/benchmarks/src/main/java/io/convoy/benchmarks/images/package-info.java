/** Reading photographs: Convoy's JPEG decoder beside ImageIO and libjpeg-turbo (in Pillow). */
package io.convoy.benchmarks.images;
