/** JVMs: opening the modules that libraries need, and starting children fast and quietly. */
package io.zproc.internal.jvm;
