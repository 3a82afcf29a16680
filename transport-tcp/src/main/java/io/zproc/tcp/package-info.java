/** The tcp transport. Used through {@code io.zproc} alone; found by the service loader. */
package io.zproc.tcp;
