/**
 * What the memory model has to give us, each pair of a store that publishes and a load that reads
 * it in a race of its own, by the classes that do it in production. Run by jcstress, see the
 * module's pom.
 */
package io.zproc.shm.races;
